/** What is hidden before the first write: policy, detectors, pseudonyms, the blind index. */
@NullMarked
package io.sluice.redaction;

import org.jspecify.annotations.NullMarked;
