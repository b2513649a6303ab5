"""What holds for one whole file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workspace:
    """What holds for the whole file: its main currency (ISO 4217) and the IANA time zone in which reports cut days."""

    id: str
    currency: str
    time_zone: str
