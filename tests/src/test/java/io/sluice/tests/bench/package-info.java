/** Measurements, run on demand. */
@NullMarked
package io.sluice.tests.bench;

import org.jspecify.annotations.NullMarked;
