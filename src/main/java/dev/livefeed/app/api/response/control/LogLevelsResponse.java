package dev.livefeed.app.api.response.control;

import java.util.List;

/** The levels of the log in use. The first is that of the program, the last ones are those of single loggers. */
public record LogLevelsResponse(List<Level> levels) {

    /**
     * @param level that of the program if the part has none of its own
     * @param own whether the part has a level of its own
     * @param changed whether it differs from the settings
     */
    public record Level(String part, String level, boolean own, boolean changed) {}
}
