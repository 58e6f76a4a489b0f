# Written by tests/tools/stubs.py.
from typing import Literal, overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike, Number

@overload
def rnn(data: ArrayLike, parameters: ArrayLike, state: ArrayLike, state_cell: ArrayLike | None = None,
        sequence_length: ArrayLike | None = None, state_size: int | None = None, num_layers: int | None = None,
        bidirectional: bool = False, mode: str | None = None, p: Number = 0, state_outputs: Literal[False] = False,
        projection_size: int | None = None, lstm_state_clip_min: Number | None = None,
        lstm_state_clip_max: Number | None = None, lstm_state_clip_nan: bool = False, use_sequence_length: bool = False,
        out: ndarray | list[ndarray] | None = None, name: str | None = None) -> ndarray: ...
@overload
def rnn(data: ArrayLike, parameters: ArrayLike, state: ArrayLike, state_cell: ArrayLike | None = None,
        sequence_length: ArrayLike | None = None, state_size: int | None = None, num_layers: int | None = None,
        bidirectional: bool = False, mode: str | None = None, p: Number = 0, *, state_outputs: Literal[True],
        projection_size: int | None = None, lstm_state_clip_min: Number | None = None,
        lstm_state_clip_max: Number | None = None, lstm_state_clip_nan: bool = False, use_sequence_length: bool = False,
        out: ndarray | list[ndarray] | None = None, name: str | None = None) -> list[ndarray]: ...
@overload
def rnn(data: NDArray, parameters: NDArray, state: NDArray, state_cell: NDArray | None = None,
        sequence_length: NDArray | None = None, state_size: int | None = None, num_layers: int | None = None,
        bidirectional: bool = False, mode: str | None = None, p: Number = 0, state_outputs: Literal[False] = False,
        projection_size: int | None = None, lstm_state_clip_min: Number | None = None,
        lstm_state_clip_max: Number | None = None, lstm_state_clip_nan: bool = False, use_sequence_length: bool = False,
        out: NDArray | list[NDArray] | None = None, name: str | None = None) -> NDArray: ...
@overload
def rnn(data: NDArray, parameters: NDArray, state: NDArray, state_cell: NDArray | None = None,
        sequence_length: NDArray | None = None, state_size: int | None = None, num_layers: int | None = None,
        bidirectional: bool = False, mode: str | None = None, p: Number = 0, *, state_outputs: Literal[True],
        projection_size: int | None = None, lstm_state_clip_min: Number | None = None,
        lstm_state_clip_max: Number | None = None, lstm_state_clip_nan: bool = False, use_sequence_length: bool = False,
        out: NDArray | list[NDArray] | None = None, name: str | None = None) -> list[NDArray]: ...
