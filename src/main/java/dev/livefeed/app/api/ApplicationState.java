package dev.livefeed.app.api;

import java.util.List;
import java.util.Map;

/** What health shows of the application itself: version, routes. */
public interface ApplicationState {

    /** Of an application that is only tried. */
    ApplicationState NONE = Map::of;

    /** Ready for JSON. */
    Map<String, Object> payload();

    /** What an operator has to do something about, one line each. */
    default List<String> alarms() {
        return List.of();
    }
}
