/** How kinds of visitors behave: clusters of sessions and their transitions. */
@NullMarked
package io.sluice.behavior;

import org.jspecify.annotations.NullMarked;
