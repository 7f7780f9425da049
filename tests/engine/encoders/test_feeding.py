"""How batches come to where torch computes."""

import numpy as np
import torch

from photo_organizer.engine.encoders.feeding import computing, there


def test_a_batch_that_nobody_may_write_arrives_as_it_is():
    batch = np.arange(24, dtype=np.uint8).reshape(2, 2, 2, 3)[:, ::-1]
    batch.setflags(write=False)
    with computing("cpu"):
        assert torch.is_inference_mode_enabled()
        np.testing.assert_array_equal(there(batch, "cpu").numpy(), batch)
    assert not torch.is_inference_mode_enabled()
