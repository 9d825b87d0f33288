package io.sluice.scrub;

/** How a scrub request stands. */
public enum ScrubState {
    /** Known, and nothing done about it yet. */
    RECEIVED,
    /** What it asks for was found. */
    PLANNED,
    /** Leaves the newest versions of tables, landing files and exports. */
    SCRUBBING,
    /** Leaves earlier versions. */
    PURGING,
    /** All that is stored is read again. */
    VERIFYING,
    DONE,
    PARTLY_DONE,
    /** Is not carried out as it is asked; confirmed, or asked otherwise, it may be. */
    REFUSED,
    /** The last try came to nothing; another may help. */
    FAILED
}
