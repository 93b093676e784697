"""Keras objects that are not on offer, each with the reason. ``missing()`` lists what is neither here nor on offer."""

_BASE = "an abstract base"
_CODE = "runs code from outside"
_FILES = "reads or writes files; checkpoints and logs are options of the run, with paths of ours"
_POSTS = "posts to any address"
_ONE_NUMBER = "compares the outputs of each sample with one another, and every target here is one number"
_TABLE = "keeps a table that adapt() learns or a file holds, and no run does either"
_HASHED = "hashes names of things; networks here read measurements, pixels and numbers of words"
_SOUND = "is for sound, and no dataset here has any"
_BOXES = "is for bounding boxes, and no dataset here has any"
_TARGETS = "mixes targets along with images, and layers here see images only"
_CELL = "one step of a recurrent layer; the layer itself is on offer"
_PIXELS = "scores regions, for data with a class for every pixel, which no dataset here has"

LEFT_OUT: dict[str, dict[str, str]] = {
    "layers": {
        "Layer": _BASE,
        "Wrapper": _BASE,
        "RNN": _BASE,
        "Lambda": _CODE,
        "Pipeline": _BASE,
        "TFSMLayer": _FILES,
        "TorchModuleWrapper": _CODE,
        "JaxLayer": _CODE,
        "FlaxLayer": _CODE,
        "Input": "the network's input is made from the data",
        "InputLayer": "the network's input is made from the data",
        "StringLookup": _TABLE,
        "IntegerLookup": _TABLE,
        "TextVectorization": _TABLE,
        "Hashing": _HASHED,
        "HashedCrossing": _HASHED,
        "SimpleRNNCell": _CELL,
        "LSTMCell": _CELL,
        "GRUCell": _CELL,
        "StackedRNNCells": _CELL,
        "MaxNumBoundingBoxes": _BOXES,
        "MixUp": _TARGETS,
        "CutMix": _TARGETS,
        "RandomCrop": "crops in training only, so the layers after it would not fit when it predicts",
        "RandomShear": "Keras cannot load a saved network with it again: it refuses the settings that it has written",
        "Equalization": "Keras passes images by it in a network, since it says that its output is its input",
        "ReversibleEmbedding": "shares its weights between two places of a network, which a list of layers cannot say",
        "MelSpectrogram": _SOUND,
        "STFTSpectrogram": _SOUND,
    },
    "activations": {
        "glu": "halves its axis, so no layer can carry it as an argument",
        "threshold": "means nothing without its two arguments",
    },
    "losses": {
        "Loss": _BASE,
        "CTC": "compares sequences of labels, and every target here is one label or one number",
        "Circle": "compares the outputs of several samples with one another and answers no task by itself",
    },
    "optimizers": {
        "Optimizer": _BASE,
        "LossScaleOptimizer": "wraps another optimizer; mixed precision is an option of the run",
        "MultiOptimizer": "needs layer objects",
    },
    "schedules": {"LearningRateSchedule": _BASE},
    "metrics": {
        "Metric": _BASE,
        "MeanMetricWrapper": _CODE,
        "Mean": "a running mean of values handed to it, not a score",
        "Sum": "a running sum of values handed to it, not a score",
        "PearsonCorrelation": _ONE_NUMBER,
        "ConcordanceCorrelation": _ONE_NUMBER,
        "IoU": _PIXELS,
        "MeanIoU": _PIXELS,
        "OneHotIoU": _PIXELS,
        "OneHotMeanIoU": _PIXELS,
        "Accuracy": "means exact equality of numbers; accuracy is what is meant",
    },
    "initializers": {
        "Initializer": _BASE,
        "STFT": _SOUND,
    },
    "regularizers": {"Regularizer": _BASE},
    "constraints": {"Constraint": _BASE},
    "callbacks": {
        "Callback": _BASE,
        "CallbackList": _BASE,
        "History": "every run keeps its history",
        "LambdaCallback": _CODE,
        "LearningRateScheduler": "runs code from outside; the optimizer's schedules do what it is for",
        "ModelCheckpoint": _FILES,
        "OrbaxCheckpoint": _FILES,
        "BackupAndRestore": _FILES,
        "CSVLogger": _FILES,
        "RemoteMonitor": _POSTS,
        "ProgbarLogger": "prints to a terminal",
        "TerminateOnNaN": "every run ends when its loss becomes NaN, and says so",
    },
}
