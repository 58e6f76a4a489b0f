"""Arguments that MXNet 1.9.1 ignores or misreads, and what stands for them here."""
# ruff: noqa

# %% nd ctc.*
x = nd.zeros((3, 1, 4))
y = nd.array([[1, 2]])

zeros = nd.CTCLoss(x, y)
blank_last = nd.CTCLoss(x, nd.array([[0, -1]]), blank_label="last")
lengths = nd.CTCLoss(x, y, nd.array([3]), nd.array([1]), use_data_lengths=True, use_label_lengths=True)
# differs: rule 4, a label that is no class raises (1.9.1 reads beyond the classes)
# expect: isinstance(error, IndexError) and "outside 0 to 3" in str(error)
label_outside = nd.CTCLoss(x, nd.array([[5, 2]]))
# differs: rule 4, a length that the data does not have raises (1.9.1 reads beyond the data)
# expect: isinstance(error, IndexError) and "between 1 and 3" in str(error)
length_outside = nd.CTCLoss(x, y, nd.array([9]), use_data_lengths=True)
# differs: rule 4, an empty label has the probability that all is blank (1.9.1 gives the loss 0)
# expect: abs(result.asscalar() - 3 * 1.3862944) < 1e-5
empty_label = nd.CTCLoss(x, y, nd.array([3]), nd.array([0]), use_data_lengths=True, use_label_lengths=True)
# differs: rule 4, float64 works too
# expect: abs(result.asscalar() - 2.5494452) < 1e-6 and result.dtype == onp.float64
float64 = nd.CTCLoss(x.astype("float64"), y.astype("float64"))

# %% nd boxes.*
rows = nd.array([[0.5, 0.6], [0.1, 0.2], [0.3, 0.4]])
boxes = nd.array([[0, 0.9, 0, 0, 2, 2], [0, 0.8, 0, 0, 2, 1.9], [1, 0.7, 0, 0, 2, 2]])

matching = nd.contrib.bipartite_matching(rows, threshold=0.15, topk=1)
matching_rising = nd.contrib.bipartite_matching(rows, threshold=0.15, is_ascend=True)
nms = nd.contrib.box_nms(boxes, topk=1)
nms_classes = nd.contrib.box_nms(boxes, id_index=0, background_id=1)
iou_of_reversed = nd.contrib.box_iou(nd.array([[0, 0, 2, 2.0]]), nd.array([[2, 2, 0, 0.0]]))
# differs: rule 3, one box may stand without an axis of boxes (1.9.1 asks for two axes)
# expect: abs(result.asscalar() - 1 / 7) < 1e-6
iou_of_one = nd.contrib.box_iou(nd.array([0, 0, 2, 2.0]), nd.array([[1, 1, 3, 3.0]]))

# %% nd sequences.*
x = nd.arange(6).reshape((3, 2))

mask_long = nd.SequenceMask(x, nd.array([5, 1]), use_sequence_length=True)
mask_fraction = nd.SequenceMask(x, nd.array([1.7, 1]), use_sequence_length=True)
last_fraction = nd.SequenceLast(x, nd.array([1.7, 1]), use_sequence_length=True)
# differs: rule 4, a length that the data does not have raises (1.9.1 reads beyond the data)
# expect: isinstance(error, IndexError) and "outside 1 to 3" in str(error)
last_long = nd.SequenceLast(x, nd.array([5, 1]), use_sequence_length=True)
# differs: rule 4, a length that the data does not have raises (1.9.1 reads beyond the data)
# expect: isinstance(error, IndexError) and "outside 1 to 3" in str(error)
last_of_none = nd.SequenceLast(x, nd.array([0, 1]), use_sequence_length=True)
# differs: rule 4, a length that the data does not have raises (1.9.1 reads beyond the data)
# expect: isinstance(error, IndexError) and "outside 0 to 3" in str(error)
reverse_long = nd.SequenceReverse(x, nd.array([5, 1]), use_sequence_length=True)
# differs: rule 4, a length that the data does not have raises (1.9.1 reads beyond the data)
# expect: isinstance(error, IndexError) and "outside 0 to 3" in str(error)
reverse_negative = nd.SequenceReverse(x, nd.array([-1, 1]), use_sequence_length=True)

# %% nd bounds.*
x = nd.ones((2, 3))

# differs: rule 4, a shape with more elements raises (1.9.1 reads beyond the array)
# expect: isinstance(error, ValueError) and "does not hold" in str(error)
reshape_to_more = nd.reshape(x, shape=(7,)).shape
# differs: rule 3, a range that ends before it starts is empty, as in NumPy
# expect: result.shape == (0,)
arange_backwards = nd.arange(3, 1)
# differs: rule 3, nothing is what no repetitions give, as in NumPy
# expect: result.shape == (0,)
tile_none = nd.tile(nd.ones((2,)), reps=(0,))
# differs: rule 4, a standard deviation below 0 raises (1.9.1 draws all the same)
# expect: isinstance(error, ValueError) and "scale" in str(error)
normal_of_negative = nd.random.normal(0, -1, shape=(2,)).shape
# differs: rule 4, a rate below 0 raises (1.9.1 draws all the same)
# expect: isinstance(error, ValueError) and "lam" in str(error)
poisson_of_negative = nd.random.poisson(-1, shape=(2,)).shape
# differs: rule 4, bounds in the wrong order raise (1.9.1 draws all the same)
# expect: isinstance(error, ValueError) and "low" in str(error)
uniform_backwards = nd.random.uniform(2, 1, shape=(2,)).shape

# %% np statistics.*
v = np.array([0.0, 1.0, 1.0, 2.0])

histogram = np.histogram(v, bins=2, range=(0, 2))
histogram_edges = np.histogram(v, bins=np.array([0.0, 1.0, 2.0]))
polyval = np.polyval(np.array([3.0, 2.0]), v)
# differs: rule 3, the range of a histogram is that of the data unless it is given (1.9.1 asks for it)
# expect: result[0].tolist() == [1, 3] and result[1].tolist() == [0, 1, 2]
histogram_range = np.histogram(v, bins=2)
