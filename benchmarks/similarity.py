"""How like its photo a variant is: SSIM on luma, as Wang et al. 2004 define it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from skimage.metrics import structural_similarity

Luma: TypeAlias = NDArray[np.uint8]


def luma(picture: Image.Image) -> Luma:
    return np.asarray(picture.convert("L"))


def ssim(one: Luma, other: Luma) -> float:
    """1 for equal pictures; Gaussian window of σ 1.5."""
    return float(
        structural_similarity(
            one, other, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255
        )
    )


def upright(photo: Path) -> Image.Image:
    """A photo as it is seen, in full size."""
    with Image.open(photo) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def reduced(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """What a variant is held against: the full picture resampled once, by Lanczos."""
    return picture.resize(size, Image.Resampling.LANCZOS)
