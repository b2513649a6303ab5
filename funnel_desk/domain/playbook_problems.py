"""What can be wrong with a playbook's file: one class per reason, each sentence with the file and the line."""

# ruff: noqa: D101 - the message of each class says what it stands for

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_


class PlaybookTrouble(Trouble):
    """The base of all of these. Every one carries ``file`` and ``line``."""

    message = N_("{file}, line {line}: this playbook cannot be used.")


class NotToml(PlaybookTrouble):
    message = N_("{file}, line {line}: this is not TOML ({detail}). Correct it there, or a line above.")


class UnknownKey(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} has an unknown key '{key}'. Remove it; known here: {known}.")


class MistypedKey(UnknownKey):
    message = N_("{file}, line {line}: {where} has an unknown key '{key}'; did you mean '{guess}'?")


class MissingKey(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} has no '{key}'. Add it.")


class MissingLanguage(PlaybookTrouble):
    message = N_(
        "{file}, line {line}: {where} has no words in '{lang}'. Add {lang} = \"…\"; empty quotes read the other one."
    )


class NoWords(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is empty in both languages. Write it in at least one.")


class UnevenItems(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} has {en} items in English and {ru} in Russian. Give each its pair.")


class NotText(PlaybookTrouble):
    message = N_('{file}, line {line}: {where} is {value}; it must be text in quotes, "…".')


class NotOneLine(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} runs over several lines. Make one line of it.")


class NotWholeNumber(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}; it must be a whole number from {low} to {high}.")


class NotFlag(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}; it must be true or false, without quotes.")


class NotTable(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}; it must be a group of keys: {known}.")


class NotList(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}; it must be a list.")


class NotDay(PlaybookTrouble):
    message = N_('{file}, line {line}: {where} is {value}; it must be a day like "2026-11-01".')


class NotProbability(PlaybookTrouble):
    message = N_(
        "{file}, line {line}: {where} is {value}; it must be a number from 0 to 1 with up to four decimals, like 0.15."
    )


class NotKey(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}; a key is made of letters, digits, - and _, without spaces.")


class UnknownChoice(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}; it must be one of: {known}.")


class DuplicateKey(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}, as on line {first} already. Give it another one.")


class NoStages(PlaybookTrouble):
    message = N_("{file}, line {line}: there is no stage. Add at least one [[stages]], with won = true.")


class NoWonStage(PlaybookTrouble):
    message = N_(
        "{file}, line {line}: no stage is the won one. Put won = true into the stage in which the deal is won."
    )


class SecondWonStage(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is a second won stage, after the one on line {first}. Keep one of them.")


class ProbabilityFalls(PlaybookTrouble):
    message = N_(
        "{file}, line {line}: {where} is {value}, less than {before} in the stage before. Raise it, or move the stage."
    )


class ProbabilityAfterSale(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}; in the won stage and after it the probability is 1.")


class HardBeforeSoft(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} is {value}, less than the {soft} of stalled_days. Raise it.")


class RequiredOnDemand(PlaybookTrouble):
    message = N_(
        "{file}, line {line}: {where} is true, but this step comes up only now and then. Remove it, or on_demand."
    )


class UnknownStep(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} names a step '{key}' that is not in this playbook.")


class MistypedStep(UnknownStep):
    message = N_("{file}, line {line}: {where} names an unknown step '{key}'; did you mean '{guess}'?")


class StepWaitsForItself(PlaybookTrouble):
    message = N_(
        "{file}, line {line}: {where} goes in a circle: {circle}. Let one of these steps count from the entry."
    )


class RepeatUntilItself(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} names its own step. Name another one, or leave it out.")


class SaleNotYet(PlaybookTrouble):
    message = N_(
        "{file}, line {line}: {where} counts from the sale, but its stage comes before it. Count from the entry."
    )


class UnknownPlaceholder(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} has an unknown placeholder {{{key}}}. Known: {known}.")


class MistypedPlaceholder(UnknownPlaceholder):
    message = N_("{file}, line {line}: {where} has an unknown placeholder {{{key}}}; did you mean {{{guess}}}?")


class MisplacedBrace(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} has a brace. Placeholders in braces are filled in 'say' and 'ask' only.")


class StrayBrace(PlaybookTrouble):
    message = N_(
        "{file}, line {line}: {where} has a brace without its other half. A placeholder looks like {{contact}}."
    )


class OpenBold(PlaybookTrouble):
    message = N_("{file}, line {line}: {where} has a ** without its other half. The key question looks like **when?**")
