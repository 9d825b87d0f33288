/** What can be run: one class per job. */
@NullMarked
package io.sluice.jobs;

import org.jspecify.annotations.NullMarked;
