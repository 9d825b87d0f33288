/** What import must make of recorded captures. */
@NullMarked
package io.sluice.tests.capture;

import org.jspecify.annotations.NullMarked;
