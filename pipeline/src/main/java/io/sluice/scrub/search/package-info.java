/** Finds values in stored objects, byte by byte and in every encoding they may have been written in. */
@NullMarked
package io.sluice.scrub.search;

import org.jspecify.annotations.NullMarked;
