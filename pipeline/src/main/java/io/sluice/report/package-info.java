/** One self-contained page about everything that was learned. */
@NullMarked
package io.sluice.report;

import org.jspecify.annotations.NullMarked;
