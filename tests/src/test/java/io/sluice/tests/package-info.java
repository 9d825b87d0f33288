/** What must hold across modules. */
@NullMarked
package io.sluice.tests;

import org.jspecify.annotations.NullMarked;
