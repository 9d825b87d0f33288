/** Takes persons and values that turned out to be sensitive out of everything that was ever stored. */
@NullMarked
package io.sluice.scrub;

import org.jspecify.annotations.NullMarked;
