"""Keras objects that are not on offer, each with the reason. ``missing()`` lists what is neither here nor on offer."""

_BASE = "an abstract base"
_CODE = "runs code from outside"
_FILES = "reads or writes files; checkpoints and logs are options of the run, with paths of ours"
_POSTS = "posts to any address"
_ONE_NUMBER = "compares the outputs of each sample with one another, and every target here is one number"
_LATER = "needs data of a kind that no page offers yet"

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
        "StringLookup": _LATER,
        "IntegerLookup": _LATER,
        "TextVectorization": _LATER,
        "Hashing": _LATER,
        "HashedCrossing": _LATER,
        "CategoryEncoding": _LATER,
        "MelSpectrogram": _LATER,
        "STFTSpectrogram": _LATER,
    },
    "activations": {
        "glu": "halves its axis, so no layer can carry it as an argument",
        "threshold": "means nothing without its two arguments",
    },
    "losses": {"Loss": _BASE, "CTC": _LATER, "Circle": _LATER},
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
        "Accuracy": "means exact equality of numbers; accuracy is what is meant",
    },
    "initializers": {
        "Initializer": _BASE,
        "STFT": _LATER,
    },
    "regularizers": {"Regularizer": _BASE},
    "constraints": {"Constraint": _BASE},
    "callbacks": {
        "Callback": _BASE,
        "CallbackList": _BASE,
        "History": "every run keeps its history",
        "LambdaCallback": _CODE,
        "LearningRateScheduler": _CODE,
        "ModelCheckpoint": _FILES,
        "OrbaxCheckpoint": _FILES,
        "BackupAndRestore": _FILES,
        "CSVLogger": _FILES,
        "TensorBoard": _FILES,
        "RemoteMonitor": _POSTS,
        "ProgbarLogger": "prints to a terminal",
        "SwapEMAWeights": "comes with the optimizer's use_ema, which no page explains yet",
        "TerminateOnNaN": "every run ends when its loss becomes NaN, and says so",
    },
}
