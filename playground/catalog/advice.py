"""What arguments do to training, in our words: typical values, what raising and lowering does, when they count.

By argument name, as in :mod:`playground.catalog.kinds`, with exceptions by class where a name means something else.
"""

from typing import Any, NamedTuple


class Advice(NamedTuple):
    """One argument.

    Attributes:
        typical: the range that values usually lie in; every number in it is one that the argument takes.
        raising: what a larger value does.
        lowering: what a smaller value does.
    """

    typical: str
    raising: str
    lowering: str


_SHRUNK_WEIGHTS = "Weights are held closer to zero: smoother and simpler, in the end too simple."
_FREE_WEIGHTS = "Weights grow more freely: a closer fit, sooner overfitted."
_PENALTY = Advice("0.00001 to 0.01", _SHRUNK_WEIGHTS, _FREE_WEIGHTS)
_LONG_MEMORY = "Averages over more steps: calmer, and slower to follow a change of direction."
_SHORT_MEMORY = "Follows the last gradients more closely: quicker, and noisier."
_FASTER = "Larger steps: faster, until the loss jumps or becomes NaN."
_SLOWER = "Smaller steps: steadier, slower, and stuck more easily."
_STRONGER_CHANGE = "More varied pictures: harder to overfit; beyond what really occurs it only confuses."
_WEAKER_CHANGE = "Pictures closer to the originals: easier to learn, sooner overfitted."
_CHANGE = Advice("0.05 to 0.3", _STRONGER_CHANGE, _WEAKER_CHANGE)
_CLIP = "Only extreme gradients are cut; less protection against a jump of the loss."
_CLIP_MORE = "Gradients are cut more often: safer, and slower."
_PIXELS = Advice("32 to 256", "Finer detail is kept; slower, and more memory.", "Faster; small things vanish.")
_WINDOW = Advice("16 to 224", "More of each picture is kept; slower.", "Faster; more of the edge is lost.")
_DRAWN = Advice(
    "0.01 to 0.1",
    "First weights differ more; too much and values explode with depth.",
    "First weights lie closer together; too little and signals fade with depth.",
)
_EPSILON = Advice(
    "1e-7 to 1e-3",
    "Steps of weights with tiny gradients stay smaller: calmer.",
    "Weights with tiny gradients take larger steps; too small a value may divide by zero.",
)
_OF_RATE = Advice(
    "0.0001 to 0.1",
    "Training starts with larger steps: faster, until the loss jumps.",
    "Training starts with smaller steps: steadier and slower.",
)
_FALLS_LATER = "The rate falls more slowly and stays large for longer."
_FALLS_SOONER = "The rate falls sooner; too soon and training stands still."


def _rate(typical: str) -> Advice:
    return Advice(typical, _FASTER, _SLOWER)


BY_NAME: dict[str, Advice] = {
    # sizes of layers
    "units": Advice(
        "8 to 512",
        "More patterns at once; slower, and sooner overfitted.",
        "Faster and harder to overfit; too few miss what is there.",
    ),
    "filters": Advice(
        "8 to 256",
        "More kinds of pattern are told apart; slower, and sooner overfitted.",
        "Faster and lighter; too few miss patterns.",
    ),
    "kernel_size": Advice(
        "1 to 7",
        "Each filter sees more of its surroundings; weights grow with the area.",
        "Cheaper and more local; several small layers in a row see as far as a large one.",
    ),
    "pool_size": Advice(
        "2 to 4",
        "Shrinks more: faster, but places become vague and detail is lost.",
        "Keeps more detail for the next layer, at more cost.",
    ),
    "output_size": Advice(
        "1 to 7", "More of where things are is kept; the next layer has more to read.", "Less of where things are kept."
    ),
    "strides": Advice(
        "1 or 2",
        "The output shrinks by this factor: faster, and detail is skipped.",
        "The window moves in finer steps; 1 looks everywhere.",
    ),
    "dilation_rate": Advice(
        "1 to 8",
        "The filter reaches further at the same cost, with gaps between what it reads.",
        "The filter reads closer neighbours; 1 leaves no gaps.",
    ),
    "groups": Advice(
        "1 to 8",
        "Fewer weights: channels are handled in more separate groups, which see nothing of each other.",
        "Channels mix more; 1 mixes all of them.",
    ),
    "depth_multiplier": Advice(
        "1 to 4", "More filters for each channel: richer, and slower.", "Fewer filters for each channel; 1 is cheapest."
    ),
    "output_padding": Advice(
        "0 or 1", "The output grows by as many rows and columns.", "The output is cut to what the strides give."
    ),
    "size": Advice("2 to 4", "A larger output, of the same content.", "A smaller output; 1 changes nothing."),
    "cropping": Advice("1 to 4", "More of the edge is cut away.", "More of the edge is kept; 0 cuts nothing."),
    "n": Advice("2 to 50", "A longer sequence of the same row.", "A shorter sequence."),
    "input_dim": Advice(
        "1,000 to 50,000",
        "More different words have a row of their own; the table grows by as many rows.",
        "A smaller table; every number in the data must still be below this.",
    ),
    "output_dim": Advice(
        "8 to 256",
        "Finer differences between words; more weights, sooner overfitted.",
        "Fewer weights; words are told apart less well.",
    ),
    "num_heads": Advice(
        "2 to 12", "More relations are looked for at once; more weights.", "Fewer relations at once; lighter."
    ),
    "key_dim": Advice(
        "16 to 64", "Each head compares in more detail; more weights.", "Each head compares more roughly; lighter."
    ),
    "value_dim": Advice("16 to 64", "Each head passes on more; more weights.", "Each head passes on less; lighter."),
    "head_dim": Advice(
        "16 to 64", "Each head compares in more detail; more weights.", "Each head compares more roughly; lighter."
    ),
    "num_query_heads": Advice(
        "4 to 16", "More relations are looked for at once; more weights.", "Fewer relations at once; lighter."
    ),
    "num_key_value_heads": Advice(
        "1 to 8", "Queries share less: closer to full attention; more weights.", "More queries share a key: lighter."
    ),
    "sliding_window": Advice(
        "32 to 512", "Each step looks further around itself; slower.", "Each step looks at closer neighbours; faster."
    ),
    "power_iterations": Advice(
        "1 to 5", "The size of the weights is measured more exactly; slower.", "Faster, and less exact."
    ),
    # noise and normalisation
    "rate": Advice(
        "0.1 to 0.5",
        "More is silenced: harder to overfit, slower to learn; beyond 0.5 often too little gets through.",
        "More gets through: faster to learn, sooner overfitted; 0 switches it off.",
    ),
    "dropout": Advice(
        "0.1 to 0.3",
        "More of what is read is silenced in training: harder to overfit, slower to learn.",
        "Faster to learn, sooner overfitted; 0 switches it off.",
    ),
    "recurrent_dropout": Advice(
        "0.1 to 0.3",
        "More of the memory is silenced in training: harder to overfit; above 0 LSTM and GRU lose their fast GPU code.",
        "The memory is kept better; only 0 allows the fast GPU code of LSTM and GRU.",
    ),
    "momentum": Advice(
        "0.8 to 0.95",
        "Past steps count for longer: faster through flat stretches, and past the goal if too high.",
        "Each step follows its own gradient more; 0 remembers nothing.",
    ),
    "renorm_momentum": Advice("0.9 to 0.99", _LONG_MEMORY, _SHORT_MEMORY),
    "epsilon": _EPSILON,
    "l1": Advice("0.00001 to 0.01", "More values become exactly zero; in the end too few are left.", _FREE_WEIGHTS),
    "l2": _PENALTY,
    "logit_soft_cap": Advice("10 to 50", "Scores are bent less.", "Large scores are held back sooner."),
    # bends
    "negative_slope": Advice(
        "0.01 to 0.3",
        "More of the negative values gets through; 1 would bend nothing.",
        "Closer to a ReLU; 0 cuts negative values off.",
    ),
    # pictures
    "factor": _CHANGE,
    "height_factor": _CHANGE,
    "width_factor": _CHANGE,
    "x_factor": _CHANGE,
    "y_factor": _CHANGE,
    "brightness_factor": _CHANGE,
    "contrast_factor": _CHANGE,
    "saturation_factor": _CHANGE,
    "hue_factor": _CHANGE,
    "height": _PIXELS,
    "width": _PIXELS,
    "fill_value": Advice("0 to 255", "What is filled in is brighter.", "What is filled in is darker; 0 is black."),
    "num_ops": Advice("1 to 3", _STRONGER_CHANGE, _WEAKER_CHANGE),
    "num_chains": Advice("2 to 4", "More versions are mixed into each picture; slower.", _WEAKER_CHANGE),
    "chain_depth": Advice("1 to 3", _STRONGER_CHANGE, _WEAKER_CHANGE),
    # losses
    "gamma": Advice(
        "1 to 3",
        "Turns further away from samples that are already right.",
        "All samples count more alike; 0 is plain cross entropy.",
    ),
    "q": Advice(
        "0.3 to 0.9",
        "Closer to the absolute error: forgives more wrong labels, and learns more slowly.",
        "Closer to cross entropy: learns faster, and believes wrong labels.",
    ),
    "label_smoothing": Advice(
        "0.05 to 0.2",
        "Answers become less sure of themselves: helps against wrong labels and overconfidence.",
        "Answers may become surer; 0 takes the labels at their word.",
    ),
    # optimizers
    "learning_rate": _rate("0.0001 to 0.01"),
    "beta_1": Advice("0.8 to 0.95", _LONG_MEMORY, _SHORT_MEMORY),
    "beta_2": Advice(
        "0.98 to 0.9999",
        "The size of each step changes more slowly: steadier.",
        "The size of each step follows recent gradients: quicker to adapt, less steady.",
    ),
    "adam_beta_1": Advice("0.8 to 0.95", _LONG_MEMORY, _SHORT_MEMORY),
    "adam_beta_2": Advice("0.9 to 0.999", "The size of each step changes more slowly.", _SHORT_MEMORY),
    "rho": Advice(
        "0.85 to 0.99",
        "The size of each step changes more slowly: steadier.",
        "The size of each step follows recent gradients: quicker to adapt, less steady.",
    ),
    "weight_decay": Advice("0.0001 to 0.1", _SHRUNK_WEIGHTS, _FREE_WEIGHTS),
    "adam_weight_decay": Advice("0.0001 to 0.1", _SHRUNK_WEIGHTS, _FREE_WEIGHTS),
    "adam_lr_ratio": Advice(
        "0.1 to 1",
        "Weights that are no matrices take larger steps.",
        "Weights that are no matrices take smaller steps.",
    ),
    "clipnorm": Advice("0.5 to 5", _CLIP, _CLIP_MORE),
    "clipvalue": Advice("0.1 to 1", _CLIP, _CLIP_MORE),
    "global_clipnorm": Advice("0.5 to 5", _CLIP, _CLIP_MORE),
    "clip_threshold": Advice("1 to 2", _CLIP, _CLIP_MORE),
    "ema_momentum": Advice(
        "0.99 to 0.9999",
        "The average covers more steps: smoother, and further behind.",
        "The average follows the weights more closely.",
    ),
    "ema_overwrite_frequency": Advice(
        "100 to 1,000", "The average takes over less often.", "The average takes over more often."
    ),
    "loss_scale_factor": Advice(
        "128 to 32,768", "Smaller gradients survive half precision; too much overflows.", "Less risk of overflow."
    ),
    "gradient_accumulation_steps": Advice(
        "2 to 16",
        "As if the batch were larger: calmer steps, fewer of them.",
        "More steps for each epoch, noisier ones.",
    ),
    "initial_accumulator_value": Advice(
        "0 to 0.1", "The first steps are smaller.", "The first steps are larger; at 0 they may jump."
    ),
    "learning_rate_power": Advice(
        "-0.5 to 0", "Steps shrink more slowly; 0 keeps the rate fixed.", "Steps shrink faster as training goes on."
    ),
    "l1_regularization_strength": Advice(
        "0 to 0.1", "More weights become exactly zero.", "Fewer weights are zero; 0 switches it off."
    ),
    "l2_regularization_strength": Advice("0 to 0.1", _SHRUNK_WEIGHTS, _FREE_WEIGHTS),
    "l2_shrinkage_regularization_strength": Advice("0 to 0.1", _SHRUNK_WEIGHTS, _FREE_WEIGHTS),
    "beta_2_decay": Advice(
        "-1 to -0.5", "Old gradients are forgotten sooner.", "Old gradients count for longer as training goes on."
    ),
    "epsilon_1": Advice("1e-30 to 1e-8", "Steps stay smaller where gradients are tiny.", "Tiny gradients count more."),
    "epsilon_2": Advice("0.0001 to 0.01", "Weights near zero take larger steps.", "Weights near zero hardly move."),
    "ns_steps": Advice("4 to 7", "The update is closer to orthogonal; slower.", "Faster, and less exact."),
    "muon_a": Advice(
        "3 to 4", "The update is stretched faster; may overshoot.", "The update is stretched more slowly."
    ),
    "muon_b": Advice("-5 to -4", "Less of the stretch is taken back.", "More of the stretch is taken back."),
    "muon_c": Advice("2 to 2.5", "The last correction is stronger.", "The last correction is weaker."),
    "rms_rate": Advice("0.1 to 0.3", "Larger steps for weight matrices.", "Smaller steps for weight matrices."),
    # schedules
    "initial_learning_rate": _OF_RATE,
    "end_learning_rate": Advice(
        "0.000001 to 0.001", "Training goes on with larger steps at the end.", "Training comes to rest at the end."
    ),
    "decay_steps": Advice("500 to 50,000", _FALLS_LATER, _FALLS_SOONER),
    "first_decay_steps": Advice(
        "500 to 10,000", "The first fall takes longer, and there are fewer restarts.", "Restarts come sooner and more."
    ),
    "decay_rate": Advice("0.5 to 0.99", _FALLS_LATER, _FALLS_SOONER),
    "warmup_steps": Advice(
        "100 to 5,000",
        "With a warm-up target: the rate climbs to it more slowly, a safer beginning.",
        "The target is reached sooner; 0 starts without a climb.",
    ),
    "warmup_target": Advice(
        "0.0001 to 0.1",
        "The climb ends at a larger rate: faster, until the loss jumps.",
        "The climb ends lower: safer.",
    ),
    "power": Advice("0.5 to 2", "Most of the fall comes early.", "Most of the fall comes late; 1 is a straight line."),
    "t_mul": Advice("1 to 2", "Each period is longer than the one before.", "Periods stay alike; 1 keeps them equal."),
    "m_mul": Advice("0.5 to 1", "Restarts come back closer to the first rate.", "Each restart begins lower."),
    # metrics and callbacks
    "patience": Advice(
        "3 to 20", "Waits longer through bad epochs: fewer false alarms, more time.", "Reacts sooner, perhaps too soon."
    ),
    "min_delta": Advice("0 to 0.01", "Only larger gains count as progress.", "Smaller gains count as progress too."),
    "cooldown": Advice("0 to 5", "Longer pauses between two reductions.", "Reductions may follow each other sooner."),
    "min_lr": Advice("0 to 0.0001", "The rate never falls very low.", "The rate may fall further."),
    "start_from_epoch": Advice("0 to 20", "The first epochs are left alone for longer.", "Watches from sooner on."),
    "histogram_freq": Advice(
        "0 to 10", "Weights are written less often: smaller files.", "They are written more often; 0 writes none."
    ),
}

BY_CLASS: dict[tuple[str, str], Advice] = {
    **dict.fromkeys(
        (("ZeroPadding1D", "padding"), ("ZeroPadding2D", "padding"), ("ZeroPadding3D", "padding")),
        Advice("1 to 3", "A wider border: edges count more, and the output grows.", "A narrower border; 0 adds none."),
    ),
    ("GaussianNoise", "stddev"): Advice(
        "0.01 to 0.3",
        "More noise: harder to overfit; too much drowns what is to be learned.",
        "Less noise; 0 adds none.",
    ),
    ("Huber", "delta"): Advice(
        "0.5 to 2",
        "More errors count by their square; outliers weigh more.",
        "More errors count by their size alone; outliers weigh less.",
    ),
    ("Tversky", "beta"): Advice("0.3 to 0.7", "Misses cost more: more is found.", "Misses cost less."),
    ("Rescaling", "offset"): Advice("-1 to 0", "All values are shifted up.", "All values are shifted down."),
    ("Rescaling", "scale"): Advice("0.0039 to 1", "Values are spread wider.", "Values lie closer together."),
    ("ReLU", "threshold"): Advice("0 to 1", "Only larger values get through.", "Smaller values get through as well."),
    ("ReLU", "max_value"): Advice("1 to 6", "Larger values get through.", "Values are cut off sooner."),
    ("ELU", "alpha"): Advice(
        "0.5 to 2", "Negative values reach a lower floor.", "Negative values level off sooner; 0 cuts them off."
    ),
    ("GroupNormalization", "groups"): Advice(
        "2 to 32", "Fewer channels share their statistics.", "More channels share their statistics; 1 takes them all."
    ),
    ("BatchNormalization", "momentum"): Advice(
        "0.9 to 0.999",
        "The statistics used after training average over more batches: steadier, and need more batches to settle.",
        "They follow the last batches: settled after a short training, but noisier.",
    ),
    **{
        (layer, "epsilon"): Advice(
            "1e-7 to 1e-3", "Values that hardly differ are spread less.", "Values that hardly differ are spread more."
        )
        for layer in ("BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization")
    },
    ("SpatialDropout1D", "rate"): Advice(
        "0.1 to 0.3", "More channels are silenced: harder to overfit, slower to learn.", "More channels get through."
    ),
    ("SpatialDropout2D", "rate"): Advice(
        "0.1 to 0.3", "More channels are silenced: harder to overfit, slower to learn.", "More channels get through."
    ),
    ("SpatialDropout3D", "rate"): Advice(
        "0.1 to 0.3", "More channels are silenced: harder to overfit, slower to learn.", "More channels get through."
    ),
    ("GaussianDropout", "rate"): Advice(
        "0.1 to 0.5", "Stronger noise: harder to overfit, slower to learn.", "Weaker noise: sooner overfitted."
    ),
    ("MinMaxNorm", "rate"): Advice(
        "0.5 to 1", "Weights are pulled all the way into the bounds.", "Weights are pulled there little by little."
    ),
    ("MinMaxNorm", "min_value"): Advice("0 to 1", "Short weights are stretched more.", "Short weights may stay short."),
    ("MinMaxNorm", "max_value"): Advice("1 to 5", "Weights may grow longer.", "Weights are cut shorter: simpler."),
    ("ActivityRegularization", "l1"): Advice(
        "0.00001 to 0.01", "More outputs become exactly zero.", "Outputs are freer; 0 switches it off."
    ),
    ("ActivityRegularization", "l2"): Advice(
        "0.00001 to 0.01", "Outputs are held closer to zero.", "Outputs are freer; 0 switches it off."
    ),
    ("CenterCrop", "height"): _WINDOW,
    ("CenterCrop", "width"): _WINDOW,
    **{
        (layer, "strides"): Advice(
            "1 or 2",
            "The output grows by this factor; with a kernel that it does not divide, in a pattern of squares.",
            "The output grows less; 1 keeps its size.",
        )
        for layer in ("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose")
    },
    ("AlphaDropout", "rate"): Advice(
        "0.05 to 0.2", "More is silenced: harder to overfit, slower to learn.", "More gets through."
    ),
    ("RandomRotation", "factor"): Advice(
        "0.02 to 0.1",
        "Turns further: 0.1 is up to 36 degrees either way; a 6 turned far enough is a 9.",
        "Turns less; 0 leaves pictures upright.",
    ),
    ("BinaryFocalCrossentropy", "alpha"): Advice(
        "0.25 to 0.75", "Samples of class 1 weigh more.", "Samples of class 0 weigh more."
    ),
    ("CategoricalFocalCrossentropy", "alpha"): Advice(
        "0.25 to 1", "The whole loss is larger, as with a larger learning rate.", "The whole loss is smaller."
    ),
    ("Tversky", "alpha"): Advice("0.3 to 0.7", "False alarms cost more: fewer of them.", "False alarms cost less."),
    ("CosineDecay", "alpha"): Advice(
        "0 to 0.1", "The rate ends at a larger share of the first.", "The rate ends lower; 0 ends at nothing."
    ),
    ("CosineDecayRestarts", "alpha"): Advice(
        "0 to 0.1", "Each fall ends at a larger share of the first rate.", "Each fall ends lower."
    ),
    ("InverseTimeDecay", "decay_rate"): Advice("0.1 to 2", _FALLS_SOONER, _FALLS_LATER),
    ("SGD", "learning_rate"): _rate("0.001 to 0.1"),
    ("Adagrad", "learning_rate"): _rate("0.001 to 0.1"),
    ("Adadelta", "learning_rate"): _rate("0.1 to 1"),
    ("Ftrl", "learning_rate"): _rate("0.001 to 0.1"),
    ("Lion", "learning_rate"): _rate("0.00003 to 0.001"),
    ("Muon", "learning_rate"): _rate("0.0005 to 0.02"),
    ("ScheduleFreeAdamW", "learning_rate"): _rate("0.001 to 0.01"),
    ("ScheduleFreeAdamW", "warmup_steps"): Advice(
        "0 to 2,000", "The rate climbs more slowly: safer beginnings.", "The full rate is reached sooner."
    ),
    ("RMSprop", "momentum"): Advice(
        "0 to 0.9", "Past steps count for longer: faster, and past the goal if too high.", "Less carried over."
    ),
    ("Lion", "beta_2"): Advice("0.95 to 0.99", _LONG_MEMORY, _SHORT_MEMORY),
    ("Lion", "weight_decay"): Advice("0.001 to 0.3", _SHRUNK_WEIGHTS, _FREE_WEIGHTS),
    ("Ftrl", "beta"): Advice("0 to 1", "Smaller steps, above all at the start.", "Larger steps."),
    ("RandomNormal", "stddev"): _DRAWN,
    ("TruncatedNormal", "stddev"): _DRAWN,
    ("VarianceScaling", "scale"): Advice("0.5 to 2", _DRAWN.raising, _DRAWN.lowering),
    ("Orthogonal", "gain"): Advice("0.5 to 1.5", "Signals grow from layer to layer.", "Signals fade with depth."),
    ("OrthogonalRegularizer", "factor"): Advice(
        "0.001 to 0.1", "Rows (or columns) are held closer to a right angle.", "Rows (or columns) may lean together."
    ),
    ("MaxNorm", "max_value"): Advice("1 to 5", "Weights may grow longer.", "Weights are cut shorter: simpler."),
    **{
        (layer, "factor"): Advice(
            "0.2 to 1", "More of the pictures are changed.", "More of the pictures stay as they are."
        )
        for layer in (
            "RandomElasticTransform",
            "RandomErasing",
            "RandomGaussianBlur",
            "RandomGrayscale",
            "RandomInvert",
            "RandomPerspective",
        )
    },
    **dict.fromkeys(
        (("RandomSaturation", "factor"), ("RandomColorJitter", "saturation_factor")),
        Advice(
            "0.5 to 1",
            "Colours may also become stronger than they are; 0.5 is the picture itself.",
            "Colours only become paler, down to gray.",
        ),
    ),
    ("RandomSharpness", "factor"): Advice(
        "0.5 to 1",
        "Pictures may also become sharper than they are; 0.5 is the picture itself.",
        "Pictures only become more blurred.",
    ),
    ("RandAugment", "factor"): Advice("0.2 to 0.7", _STRONGER_CHANGE, _WEAKER_CHANGE),
    ("AugMix", "factor"): Advice("0.1 to 0.5", _STRONGER_CHANGE, _WEAKER_CHANGE),
    ("RandomPosterization", "factor"): Advice(
        "4 to 8", "More shades are kept: closer to the original.", "Fewer shades: coarser pictures."
    ),
    ("ReduceLROnPlateau", "factor"): Advice(
        "0.1 to 0.5", "The rate is reduced less each time.", "The rate is reduced more each time."
    ),
}

_NUMBERS = ("int", "float", "shape", "list")
_BIAS = ("use_bias", (True,))
_CENTER = ("center", (True,))
_SCALE = ("scale", (True,))
_CONSTANT = ("fill_mode", ("constant",))
_PADDED = ("pad_to_aspect_ratio", (True,))

ONLY_WHEN: dict[str, tuple[str, tuple[Any, ...]]] = {
    **dict.fromkeys(("bias_initializer", "bias_regularizer", "bias_constraint", "unit_forget_bias"), _BIAS),
    **dict.fromkeys(("beta_initializer", "beta_regularizer", "beta_constraint"), _CENTER),
    **dict.fromkeys(("gamma_initializer", "gamma_regularizer", "gamma_constraint"), _SCALE),
    "renorm_momentum": ("renorm", (True,)),
    "ema_momentum": ("use_ema", (True,)),
    "ema_overwrite_frequency": ("use_ema", (True,)),
    "fill_value": _CONSTANT,
}
"""By name, the argument and its values under which it has any effect; for objects that have both."""

ONLY_WHEN_IN: dict[tuple[str, str], tuple[str, tuple[Any, ...]]] = {
    ("BinaryFocalCrossentropy", "alpha"): ("apply_class_balancing", (True,)),
    ("Resizing", "fill_value"): _PADDED,
}
"""Exceptions by class."""


def advice(owner: str, argument: str, kind: str, siblings: frozenset[str]) -> dict[str, Any]:
    """The :class:`Param` fields ``typical``, ``raising``, ``lowering`` and ``only_when`` of an argument, where known.

    Args:
        owner: the object's id.
        argument: its name.
        kind: what values it takes; the first three fields are for numbers.
        siblings: the names of all arguments of the object: what an argument depends on has to be one of them.
    """
    said = BY_CLASS.get((owner, argument)) or BY_NAME.get(argument)
    fields: dict[str, Any] = dict(said._asdict()) if said and kind in _NUMBERS else {}
    only_when = ONLY_WHEN_IN.get((owner, argument)) or ONLY_WHEN.get(argument)
    if only_when and only_when[0] in siblings:
        fields["only_when"] = only_when
    return fields
