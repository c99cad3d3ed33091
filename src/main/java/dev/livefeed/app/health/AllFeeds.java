package dev.livefeed.app.health;

import dev.livefeed.protocol.model.InstrumentId;
import java.util.List;

/** The feeds of all sources, judged together. */
public interface AllFeeds {

    OverallVerdict overall();

    /** Whether any data is not that of a real exchange. */
    boolean synthetic();

    /** Whether the data of an instrument is not that of a real exchange. */
    boolean synthetic(InstrumentId instrument);

    /** Whether the feed of an instrument's venue is connected and fresh. */
    boolean fresh(InstrumentId instrument);

    /** Why the feed of an instrument's venue is not ready; empty if it is. */
    List<String> reasons(InstrumentId instrument);

    /** Why the application cannot continue without being restarted, or null. */
    String stuck();
}
