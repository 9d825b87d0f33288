/** Scrubbing of whole lakes, judged by code that shares nothing with it. */
@NullMarked
package io.sluice.tests.scrub;

import org.jspecify.annotations.NullMarked;
