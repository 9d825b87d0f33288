/** The demonstration: a small bookshop, its visitors, and the recorder that writes down what they say to each other. */
@NullMarked
package io.sluice.jobs.demo;

import org.jspecify.annotations.NullMarked;
