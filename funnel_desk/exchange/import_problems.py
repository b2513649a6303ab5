"""Why a table that can be read cannot be imported as a whole."""

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_


class TableMissing(Trouble):
    """There is no file to import."""

    message = N_("There is no file {file}.")


class TableIsFolder(Trouble):
    """A folder instead of a file."""

    message = N_("{file} is a folder. Name the CSV file in it.")


class TableClosed(Trouble):
    """The file may not be read by this user."""

    message = N_("{file} cannot be read: {why}.")


class NoPipelines(Trouble):
    """Deals need a pipeline to stand in."""

    message = N_("The workspace has no pipeline yet. Add one from a playbook first.")


class NoSuchPipeline(Trouble):
    """`--pipeline` names none of the workspace."""

    message = N_('There is no pipeline "{pipeline}". The workspace has: {known}.')


class UnknownPipelines(Trouble):
    """The pipeline column names pipelines that the workspace does not have, and it has several."""

    message = N_(
        "Line {line}: there is no pipeline {words}. The workspace has: {known}. "
        "Tell which it is, such as {rules}, or take another for all of them with --pipeline."
    )


class MatchOfPeople(Trouble):
    """Matching by e-mail or phone, told for a table that is not one of people."""

    message = N_(
        "Only contacts are matched by e-mail or phone. Match these rows by external_id, title+company or none."
    )


class NoSuchPreset(Trouble):
    """`--preset` names none."""

    message = N_('There is no preset "{preset}". There are: {known}; or auto, or none.')


class BadPreset(Trouble):
    """The file of a preset cannot be used."""

    message = N_("The preset {file} cannot be used ({why}). Mend it, or delete it.")


class PresetKey(Trouble):
    """A name under which no preset can be kept."""

    message = N_('"{key}" is no key for a preset: use small letters a to z, digits, - and _.')


class UnknownStages(Trouble):
    """The table names stages that nothing maps; the sentence has the rules to fill in."""

    message = N_(
        'Line {line}: no stage of "{pipeline}" is called {words}. Its stages: {stages}. Tell which is meant: {rules}'
    )


class MissingColumn(Trouble):
    """A column that this kind of table cannot do without."""

    message = N_("No column says “{field}”. The file has: {known}. Name it with --map 'HEADER={field}'.")


class NotAllGood(Trouble):
    """Told to be strict, and some rows cannot be taken."""

    message = N_(
        "{rejected} of {rows} rows cannot be taken, so nothing was imported. The first is line {line}: {reason}"
    )


class SameFile(Trouble):
    """What is to be written would replace what is read."""

    message = N_("{file} cannot be written: that is the file which is read. Choose another name.")


class CannotWrite(Trouble):
    """The place where a table should go."""

    message = N_("{file} cannot be written: {why}.")


class CountDiffers(Trouble):
    """After an export the file was read again and did not have the rows that were written."""

    message = N_("{file} has {found} rows instead of {expected}. Do not use it; export again to another disk.")
