/** Capture formats to exchanges: one reader per format, streaming. */
@NullMarked
package io.sluice.capture;

import org.jspecify.annotations.NullMarked;
