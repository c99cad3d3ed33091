package dev.livefeed.app.route.reload;

import java.util.List;

/** A data format that all events of the connector must pass, because health and metrics count what it reads. */
public interface RecordsEvents {

    /** The bean that counts events. If it is bound, the routes must unmarshal with such a data format. */
    String RECORDER = "eventRecorder";

    /** Required properties that its bean in the route file lacks, as they are to be written there; usually empty. */
    List<String> missing();
}
