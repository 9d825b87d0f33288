/** How well endpoints are learnt, measured against what recorded interfaces say of themselves. */
@NullMarked
package io.sluice.tests.endpoint;

import org.jspecify.annotations.NullMarked;
