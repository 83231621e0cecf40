"""What a verifier and a checker do with a worksheet."""

from quacan.centre.verification.actions.batching import (
    approve_batch,
    record_bench_file,
    submit_batch,
    use_standard_on_bench,
    weigh_bench_file,
)
from quacan.centre.verification.actions.benching import (
    attach_bench_file,
    enter_bench,
    map_bench_file,
    open_batch,
)
from quacan.centre.verification.actions.checking import approve_worksheet, return_worksheet, submit_worksheet
from quacan.centre.verification.actions.correcting import correct_characteristics
from quacan.centre.verification.actions.deviating import grant_deviation, request_deviation
from quacan.centre.verification.actions.evidence import (
    MOST_BYTES,
    Shot,
    add_photos,
    adjust_instrument,
    carry_checklists,
    record_seal,
    withdraw_photo,
    withdraw_seal,
)
from quacan.centre.verification.actions.opening import (
    open_worksheet,
    refuse_incompetent,
    refuse_unfit,
    supersede_worksheet,
    void_worksheet,
)
from quacan.centre.verification.actions.recording import (
    begin_run,
    enter_conditions,
    enter_readings,
    use_standard,
)
from quacan.centre.verification.actions.taking import take_conditions

__all__ = [
    "MOST_BYTES",
    "Shot",
    "add_photos",
    "adjust_instrument",
    "approve_batch",
    "approve_worksheet",
    "attach_bench_file",
    "begin_run",
    "carry_checklists",
    "correct_characteristics",
    "enter_bench",
    "enter_conditions",
    "enter_readings",
    "grant_deviation",
    "map_bench_file",
    "open_batch",
    "open_worksheet",
    "record_bench_file",
    "record_seal",
    "refuse_incompetent",
    "refuse_unfit",
    "request_deviation",
    "return_worksheet",
    "submit_batch",
    "submit_worksheet",
    "supersede_worksheet",
    "take_conditions",
    "use_standard",
    "use_standard_on_bench",
    "void_worksheet",
    "weigh_bench_file",
    "withdraw_photo",
    "withdraw_seal",
]
