"""What values an argument takes, by its name.

Keras's signatures carry no types, but the same names mean the same everywhere: one table for names, and exceptions
by class where a name means something else.
"""

from typing import Any


def _int(minimum: float | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "int", "minimum": minimum, **more}


def _float(minimum: float | None = None, maximum: float | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "float", "minimum": minimum, "maximum": maximum, **more}


def _above_zero(**more: Any) -> dict[str, Any]:
    return _float(0.0, exclusive=True, **more)


def _choice(*choices: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "choice", "choices": choices, **more}


def _shape(minimum: float | None = 1, **more: Any) -> dict[str, Any]:
    return {"kind": "shape", "minimum": minimum, **more}


def _object(of: str, **more: Any) -> dict[str, Any]:
    return {"kind": "object", "of": of, **more}


_FLAG: dict[str, Any] = {"kind": "flag"}
_SHARE = _float(0.0, 1.0)
_MONITOR: dict[str, Any] = {"kind": "text"}
_INITIALIZER = _object("initializers")
_REGULARIZER = _object("regularizers", optional=True)
_CONSTRAINT = _object("constraints", optional=True)

BY_NAME: dict[str, dict[str, Any]] = {
    # sizes
    "units": _int(1, label="Units"),
    "filters": _int(1, label="Filters"),
    "kernel_size": _shape(label="Kernel size"),
    "pool_size": _shape(label="Pool size"),
    "strides": _shape(label="Strides"),
    "dilation_rate": _shape(label="Dilation"),
    "groups": _int(1, label="Groups"),
    "depth_multiplier": _int(1, label="Depth multiplier"),
    "output_padding": _shape(0, optional=True),
    "size": _shape(label="Size"),
    "target_shape": _shape(-1, listed=True, label="Target shape"),
    "dims": _shape(listed=True, label="Axes"),
    "n": _int(1, label="Times"),
    "input_dim": _int(1, label="Vocabulary"),
    "output_dim": _int(1, label="Length of each row"),
    "axis": {"kind": "int"},
    "axes": _shape(None, label="Axes"),
    "attention_axes": _shape(1, optional=True),
    "output_size": _shape(label="Output size"),
    "output_shape": _shape(label="Output shape"),
    "cropping": _shape(0, label="Cut off"),
    "height": _int(1, label="Height"),
    "width": _int(1, label="Width"),
    "tile_grid_size": _shape(label="Tiles"),
    "num_heads": _int(1, label="Heads"),
    "key_dim": _int(1, label="Size of a key"),
    "value_dim": _int(1, optional=True),
    "head_dim": _int(1, label="Size of a head"),
    "num_query_heads": _int(1, label="Query heads"),
    "num_key_value_heads": _int(1, label="Key and value heads"),
    "sliding_window": _int(1, optional=True),
    "power_iterations": _int(1),
    "num_chains": _int(1, label="Chains"),
    "chain_depth": _int(1, label="Changes in a chain"),
    "num_ops": _int(1, label="Changes"),
    "equation": {"kind": "text", "label": "Equation"},
    "bias_axes": {"kind": "text", "optional": True},
    "shared_axes": _shape(1, optional=True),
    # switches
    **dict.fromkeys(
        (
            "use_bias",
            "center",
            "scale",
            "return_sequences",
            "go_backwards",
            "unroll",
            "reset_after",
            "unit_forget_bias",
            "mask_zero",
            "keepdims",
            "renorm",
            "amsgrad",
            "nesterov",
            "centered",
            "use_ema",
            "relative_step",
            "exclude_embeddings",
            "staircase",
            "cycle",
            "from_logits",
            "apply_class_balancing",
            "restore_best_weights",
            "use_scale",
            "use_gate",
            "normalize",
            "invert",
            "all_ops",
            "crop_to_aspect_ratio",
            "pad_to_aspect_ratio",
            "antialias",
        ),
        _FLAG,
    ),
    # objects
    "activation": _object("activations", label="Activation"),
    "recurrent_activation": _object("activations"),
    "layer": _object("layers", label="Layer"),
    **{
        f"{part}_{what}": kind
        for part in ("kernel", "bias", "recurrent", "depthwise", "pointwise", "embeddings", "beta", "gamma", "alpha")
        for what, kind in (
            ("initializer", _INITIALIZER),
            ("regularizer", _REGULARIZER),
            ("constraint", _CONSTRAINT),
        )
    },
    "moving_mean_initializer": _INITIALIZER,
    "moving_variance_initializer": _INITIALIZER,
    "activity_regularizer": _REGULARIZER,
    # choices
    "padding": _choice("valid", "same", label="Padding"),
    "interpolation": _choice("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"),
    "fill_mode": _choice("constant", "nearest", "wrap", "reflect", label="Beyond the edge"),
    "score_mode": _choice("dot", "concat", label="Score"),
    "output_mode": _choice("int", "one_hot", "multi_hot", "count", label="Output"),
    "average": _choice("micro", "macro", "weighted", label="Average", required=True, optional=False),
    "merge_mode": _choice("concat", "sum", "mul", "ave"),
    "mode": _choice("auto", "min", "max"),
    "distribution": _choice("truncated_normal", "untruncated_normal", "uniform"),
    "curve": _choice("ROC", "PR"),
    "summation_method": _choice("interpolation", "minoring", "majoring"),
    "class_aggregation": _choice("uniform_average", "variance_weighted_average"),
    # shares and factors
    "rate": _float(0.0, 0.999999, label="Rate"),
    "dropout": _float(0.0, 0.999999, label="Dropout"),
    "recurrent_dropout": _float(0.0, 0.999999),
    "stddev": _float(0.0, label="Standard deviation"),
    "momentum": _float(0.0, 1.0, label="Momentum"),
    "renorm_momentum": _SHARE,
    "epsilon": _above_zero(),
    "epsilon_1": _above_zero(),
    "epsilon_2": _above_zero(),
    "negative_slope": _float(0.0, label="Negative slope"),
    "max_value": _float(0.0, optional=True),
    "min_value": _float(0.0),
    "threshold": _float(),
    "mask_value": _float(label="Value to skip"),
    "fill_value": _float(),
    "clip_limit": _above_zero(),
    "sigma": _above_zero(label="Blur"),
    "value_range": {"kind": "list", "length": 2, "label": "Darkest and brightest"},
    "height_factor": _float(0.0, 1.0, label="Up and down"),
    "width_factor": _float(0.0, 1.0, label="Sideways"),
    "brightness_factor": _float(0.0, 1.0, optional=True, label="Brightness"),
    "contrast_factor": _float(0.0, 1.0, optional=True, label="Contrast"),
    "saturation_factor": _float(0.0, 1.0, optional=True, label="Saturation"),
    "hue_factor": _float(0.0, 1.0, optional=True, label="Hue"),
    "addition_factor": _SHARE,
    "threshold_factor": _float(0.0, 1.0, label="Threshold"),
    "recall": _float(0.0, 1.0, label="Recall"),
    "precision": _float(0.0, 1.0, label="Precision"),
    "specificity": _float(0.0, 1.0, label="Specificity"),
    "sensitivity": _float(0.0, 1.0, label="Sensitivity"),
    "offset": _float(label="Offset"),
    "value": _float(label="Value"),
    "gain": _float(),
    "mean": _float(),
    "minval": _float(),
    "maxval": _float(),
    "l1": _float(0.0, label="L1"),
    "l2": _float(0.0, label="L2"),
    "factor": _float(0.0),
    "alpha": _float(0.0),
    "beta": _float(0.0),
    "gamma": _float(0.0),
    "delta": _above_zero(),
    "q": _float(0.0, 1.0, exclusive=True),
    "label_smoothing": _SHARE,
    "ignore_class": _int(None, optional=True),
    # optimizers and schedules
    "learning_rate": _above_zero(of="schedules", label="Learning rate"),
    "initial_learning_rate": _above_zero(label="First learning rate"),
    "end_learning_rate": _float(0.0, label="Last learning rate"),
    "warmup_target": _above_zero(optional=True, label="Rate after warm-up"),
    "warmup_steps": _int(0, label="Steps of warm-up"),
    "decay_steps": _int(1, label="Steps"),
    "first_decay_steps": _int(1, label="First steps"),
    "decay_rate": _above_zero(),
    "power": _above_zero(),
    "t_mul": _above_zero(),
    "m_mul": _above_zero(),
    "boundaries": {"kind": "list", "minimum": 0},
    "values": {"kind": "list", "minimum": 0},
    "beta_1": _float(0.0, 0.999999999, label="β₁"),
    "beta_2": _float(0.0, 0.999999999, label="β₂"),
    "adam_beta_1": _float(0.0, 0.999999999),
    "adam_beta_2": _float(0.0, 0.999999999),
    "adam_weight_decay": _float(0.0),
    "adam_lr_ratio": _above_zero(),
    "beta_2_decay": _float(None, 0.0),
    "rho": _float(0.0, 0.999999999, label="ρ"),
    "weight_decay": _float(0.0, optional=True, label="Weight decay"),
    "clipnorm": _above_zero(optional=True),
    "clipvalue": _above_zero(optional=True),
    "global_clipnorm": _above_zero(optional=True),
    "clip_threshold": _above_zero(),
    "ema_momentum": _SHARE,
    "ema_overwrite_frequency": _int(1, optional=True),
    "loss_scale_factor": _above_zero(optional=True),
    "gradient_accumulation_steps": _int(2, optional=True),
    "initial_accumulator_value": _float(0.0),
    "learning_rate_power": _float(None, 0.0),
    "l1_regularization_strength": _float(0.0),
    "l2_regularization_strength": _float(0.0),
    "l2_shrinkage_regularization_strength": _float(0.0),
    "muon_a": _float(),
    "muon_b": _float(),
    "muon_c": _float(),
    "ns_steps": _int(1),
    "rms_rate": _above_zero(),
    # metrics
    "k": _int(1),
    "thresholds": _float(0.0, 1.0, optional=True),
    "num_thresholds": _int(2),
    "top_k": _int(1, optional=True),
    "class_id": _int(0, optional=True),
    "num_regressors": _int(0),
    "base": _int(2),
    "target_class_ids": _shape(0, listed=True),
    # callbacks
    "monitor": _MONITOR,
    "patience": _int(0),
    "min_delta": _float(0.0),
    "cooldown": _int(0),
    "min_lr": _float(0.0),
    "baseline": _float(optional=True),
    "start_from_epoch": _int(0),
    "histogram_freq": _int(0, label="Weights every so many epochs"),
    "update_freq": _choice("epoch", "batch", label="Metrics every"),
    "write_graph": _FLAG,
}

_CHANGED_BY_STRENGTH = (
    "AugMix",
    "RandAugment",
    "RandomBrightness",
    "RandomColorDegeneration",
    "RandomContrast",
    "RandomHue",
    "RandomSaturation",
    "RandomSharpness",
)
_CHANGED_BY_CHANCE = (
    "RandomElasticTransform",
    "RandomErasing",
    "RandomGaussianBlur",
    "RandomGrayscale",
    "RandomInvert",
    "RandomPerspective",
)
_INTERPOLATING = (
    "AugMix",
    "RandAugment",
    "RandomElasticTransform",
    "RandomPerspective",
    "RandomRotation",
    "RandomTranslation",
    "RandomZoom",
)

BY_CLASS: dict[tuple[str, str], dict[str, Any]] = {
    ("Conv1D", "padding"): _choice("valid", "same", "causal", label="Padding"),
    **{(f"ZeroPadding{n}D", "padding"): _shape(0, label="Border") for n in (1, 2, 3)},
    **{(name, "interpolation"): _choice("nearest", "bilinear") for name in _INTERPOLATING},
    **{(name, "factor"): _float(0.0, 1.0, label="Strength") for name in _CHANGED_BY_STRENGTH},
    **{(name, "factor"): _float(0.0, 1.0, label="Share of images") for name in _CHANGED_BY_CHANCE},
    ("RandomFlip", "mode"): _choice("horizontal", "vertical", "horizontal_and_vertical", label="Direction"),
    ("RandomPosterization", "factor"): _int(1, maximum=8, label="Bits"),
    ("RandomRotation", "factor"): _float(0.0, 1.0, label="Share of a full turn"),
    ("RandomZoom", "width_factor"): _float(0.0, 1.0, optional=True, label="Sideways"),
    ("RandomPerspective", "scale"): _float(0.0, 1.0, label="Strength"),
    ("RandomElasticTransform", "scale"): _float(0.0, label="Strength"),
    ("RandomErasing", "scale"): {"kind": "list", "length": 2, "minimum": 0.0, "maximum": 1.0, "label": "Sizes"},
    ("RandomErasing", "fill_value"): _float(optional=True, label="Cover with"),
    ("RandomGaussianBlur", "kernel_size"): _choice(1, 3, 5, 7, 9, 11, 13, 15, label="Kernel size"),
    ("AugMix", "alpha"): _above_zero(),
    ("GroupNormalization", "groups"): _int(-1, label="Groups"),
    ("Normalization", "mean"): {"kind": "list", "label": "Mean", "required": True, "optional": False},
    ("Normalization", "variance"): {
        "kind": "list",
        "minimum": 0.0,
        "label": "Variance",
        "required": True,
        "optional": False,
    },
    ("Discretization", "bin_boundaries"): {"kind": "list", "label": "Borders", "required": True, "optional": False},
    ("CategoryEncoding", "num_tokens"): _int(1, label="Vocabulary", required=True, optional=False),
    ("CategoryEncoding", "output_mode"): _choice("multi_hot", "one_hot", "count", label="Output"),
    ("MultiHeadAttention", "output_shape"): _shape(optional=True),
    ("F1Score", "threshold"): _float(0.0, 1.0, exclusive=True, optional=True, label="Threshold"),
    ("FBetaScore", "threshold"): _float(0.0, 1.0, exclusive=True, optional=True, label="Threshold"),
    ("FBetaScore", "beta"): _above_zero(label="β"),
    ("Rescaling", "scale"): _float(label="Factor"),
    ("VarianceScaling", "scale"): _above_zero(),
    ("VarianceScaling", "mode"): _choice("fan_in", "fan_out", "fan_avg"),
    ("OrthogonalRegularizer", "mode"): _choice("rows", "columns"),
    ("MinMaxNorm", "rate"): _SHARE,
    ("Dice", "axis"): _shape(None, optional=True),
    ("Tversky", "axis"): _shape(None, optional=True),
    ("AdamW", "weight_decay"): _float(0.0, label="Weight decay"),
    ("CosineDecay", "initial_learning_rate"): _float(0.0, label="First learning rate"),
    ("Lion", "beta_1"): _float(0.0, 1.0, exclusive=True, label="β₁"),
    ("Ftrl", "beta"): _float(0.0),
    ("AUC", "thresholds"): {"kind": "list", "minimum": 0.0, "maximum": 1.0, "optional": True},
    ("BinaryIoU", "threshold"): _SHARE,
    ("BinaryIoU", "target_class_ids"): _shape(0, maximum=1, listed=True),
    ("BinaryAccuracy", "threshold"): _SHARE,
    ("ReduceLROnPlateau", "factor"): _float(0.0, 1.0, exclusive=True),
}

NEVER: dict[str, str] = {
    "name": "names are ours",
    "dtype": "the run decides",
    "seed": "every random number follows from the run's seed",
    "data_format": "the channel axis is last everywhere",
    "noise_shape": "depends on the batch size",
    "return_state": "gives more than one output",
    "stateful": "needs a fixed batch size",
    "use_cudnn": "the device decides",
    "weights": "weights come from a run, not from an argument",
    "backward_layer": "made from the layer",
    "lora_rank": "belongs to fine-tuning",
    "lora_alpha": "belongs to fine-tuning",
    "quantization_config": "belongs to quantisation",
    "synchronized": "one device a run",
    "renorm_clipping": "takes a mapping of names to tensors",
    "reduction": "the loss shown is the mean over samples",
    "input_axes": "derived from the shape",
    "output_axes": "derived from the shape",
    "exclude_layers": "takes patterns",
    "verbose": "prints to a terminal",
    "from_sorted_ids": "says how predictions were made, not what to measure",
    "multi_label": "no dataset has several labels a sample",
    "num_labels": "no dataset has several labels a sample",
    "label_weights": "takes a list as long as the labels",
    "flash_attention": "the device decides",
    "gptq_unpacked_column_size": "belongs to quantisation",
    "sparse": "no layer here reads sparse tensors",
}

NEVER_OF: dict[tuple[str, str], str] = {
    ("Discretization", "num_bins"): "belongs to adapt(), which no run calls",
    ("Discretization", "epsilon"): "belongs to adapt(), which no run calls",
    ("SwapEMAWeights", "swap_on_epoch"): "is for files written between epochs, and the run writes its own",
    ("Resizing", "fill_mode"): "has one value only",
    ("TensorBoard", "log_dir"): "the files lie in the run's folder",
    ("TensorBoard", "write_images"): "draws weights as grey pictures; the live view shows those worth a look",
    ("TensorBoard", "write_steps_per_second"): "the run records its speed itself",
    ("TensorBoard", "profile_batch"): "profiles calls of single batches, and here one call trains many",
    ("TensorBoard", "embeddings_freq"): "writes files that only one program reads",
    ("TensorBoard", "embeddings_metadata"): "names files",
}

NEVER_IN: dict[str, str] = {"activations": "an activation with its own arguments is a layer of the same name"}


def kind_of(table: str, owner: str, argument: str) -> dict[str, Any] | None:
    """The :class:`Param` fields of ``argument`` of the object ``owner`` in ``table``; ``None`` if it is never offered.

    Raises:
        LookupError: nothing is said about this argument.
    """
    if table in NEVER_IN or (owner, argument) in NEVER_OF or ((owner, argument) not in BY_CLASS and argument in NEVER):
        return None
    found = BY_CLASS.get((owner, argument)) or BY_NAME.get(argument)
    if found is None:
        raise LookupError(f"{table}: nothing is said about the argument {argument!r} of {owner}; add it to kinds.py")
    return found
