"""Types shared by the equations."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
# A parameter is a plain number when it is fixed and an array over draws when it is uncertain.
Number: TypeAlias = float | Array
