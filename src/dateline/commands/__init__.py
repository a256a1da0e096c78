"""The commands of the record, thin over it. Nothing heavy is imported before a command runs."""

from dateline.commands.add import add
from dateline.commands.batch import batch
from dateline.commands.deliver import deliver
from dateline.commands.doctor import doctor
from dateline.commands.keeping import backup, digest, restore, salvage
from dateline.commands.people import answer, correct, merge, redact, split, undo
from dateline.commands.relink import relink
from dateline.commands.serve import serve
from dateline.commands.views import chain, incidents, log, show
from dateline.commands.watch import watch

RECORD_COMMANDS = (
    add,
    batch,
    watch,
    incidents,
    show,
    chain,
    log,
    correct,
    merge,
    split,
    answer,
    undo,
    redact,
    relink,
    backup,
    restore,
    salvage,
    digest,
    serve,
    deliver,
    doctor,
)
"""In the order of ``dateline --help``."""
