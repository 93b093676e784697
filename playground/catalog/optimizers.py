"""The optimizers and learning rate schedules on offer, in teaching order."""

from playground.catalog.choice import Choice

OPTIMIZERS: tuple[Choice, ...] = (
    Choice(
        "SGD",
        "Plain",
        "A step downhill along the gradient, with momentum if wanted.",
        ("learning_rate", "momentum", "nesterov"),
        basic=True,
    ),
    Choice(
        "Adam",
        "Adaptive",
        "Momentum, and a step of its own size for each weight.",
        ("learning_rate", "beta_1", "beta_2"),
        basic=True,
    ),
    Choice(
        "RMSprop",
        "Adaptive",
        "Divides each step by the recent size of the gradient.",
        ("learning_rate", "rho", "momentum"),
        basic=True,
    ),
    Choice(
        "Adagrad",
        "Adaptive",
        "Steps shrink with all gradients seen so far.",
        ("learning_rate", "initial_accumulator_value"),
        basic=True,
    ),
    Choice(
        "AdamW",
        "Adaptive",
        "Adam with weight decay kept apart from the gradient.",
        ("learning_rate", "weight_decay"),
        basic=True,
    ),
    Choice("Nadam", "Adaptive", "Adam that looks one step ahead.", ("learning_rate", "beta_1", "beta_2")),
    Choice("Adadelta", "Adaptive", "Adagrad that forgets old gradients.", ("learning_rate", "rho")),
    Choice(
        "Adamax",
        "Adaptive",
        "Adam with the largest recent gradient in place of the mean square.",
        ("learning_rate", "beta_1", "beta_2"),
    ),
    Choice(
        "Ftrl",
        "Sparse",
        "Follows the regularised leader; made for wide, sparse models.",
        ("learning_rate", "learning_rate_power"),
    ),
    Choice("Adafactor", "Large models", "Adam with less memory.", ("learning_rate", "relative_step")),
    Choice("Lamb", "Large models", "Adam for very large batches: a step size for each layer.", ("learning_rate",)),
    Choice("Lion", "Large models", "Only the sign of the momentum counts.", ("learning_rate", "weight_decay")),
    Choice("Muon", "Large models", "Makes the update of each weight matrix orthogonal.", ("learning_rate", "momentum")),
    Choice("ScheduleFreeAdamW", "Adaptive", "AdamW that needs no schedule.", ("learning_rate", "warmup_steps")),
)

SCHEDULES: tuple[Choice, ...] = (
    Choice(
        "ExponentialDecay",
        "Decay",
        "The rate falls by the same factor again and again.",
        ("initial_learning_rate", "decay_steps", "decay_rate"),
        basic=True,
        usual={"decay_rate": 0.9},
    ),
    Choice(
        "CosineDecay",
        "Decay",
        "The rate falls along half a cosine, after a warm-up if wanted.",
        ("initial_learning_rate", "decay_steps", "warmup_steps", "warmup_target"),
        basic=True,
    ),
    Choice(
        "PiecewiseConstantDecay",
        "Steps",
        "A fixed rate up to each boundary.",
        ("boundaries", "values"),
        usual={"boundaries": (1000,), "values": (0.01, 0.001)},
    ),
    Choice(
        "PolynomialDecay",
        "Decay",
        "The rate falls to an end value along a power.",
        ("initial_learning_rate", "decay_steps", "end_learning_rate"),
    ),
    Choice(
        "InverseTimeDecay",
        "Decay",
        "The rate is divided by a growing number.",
        ("initial_learning_rate", "decay_steps", "decay_rate"),
        usual={"decay_rate": 1.0},
    ),
    Choice(
        "CosineDecayRestarts",
        "Decay",
        "Cosine decay that starts anew, each time longer.",
        ("initial_learning_rate", "first_decay_steps"),
    ),
)
