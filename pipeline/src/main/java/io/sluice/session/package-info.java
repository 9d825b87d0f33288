/** Who did what in which order: actors, sessions, think times. */
@NullMarked
package io.sluice.session;

import org.jspecify.annotations.NullMarked;
