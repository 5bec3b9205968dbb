"""What is wrong with the database, as one line that says what to do."""

from storage.engine.trouble import Trouble

WORDS = {
    Trouble.GONE: "the database file was deleted while Bifocal runs, and no answer can be kept: "
    "stop Bifocal, put a backup back (bifocal restore FILE), start it again",
    Trouble.REPLACED: "the database file was replaced while Bifocal runs, and no answer can be kept: "
    "start Bifocal again",
    Trouble.FULL: "the disk of the database is full, and no answer can be kept: make room on it",
    Trouble.READ_ONLY: "the database cannot be written: let the user of this process write to it, and to the "
    "folder of its file",
    Trouble.LOCKED: "another program holds the database, and no answer can be kept: end that program",
    Trouble.SLOW: "the database does not answer: look at its disk or its server",
    Trouble.DAMAGED: "the database file is damaged: stop Bifocal and put a backup back (bifocal restore "
    "FILE)",
    Trouble.DISK: "the disk of the database fails to write: look at it, then run bifocal doctor",
    Trouble.AWAY: "the database is away: see that its server or its file can be reached",
    Trouble.OTHER_VERSION: "another version of Bifocal has changed the database: stop this one, start that "
    "version",
}
