/** The report as an operator gets it. */
@NullMarked
package io.sluice.tests.report;

import org.jspecify.annotations.NullMarked;
