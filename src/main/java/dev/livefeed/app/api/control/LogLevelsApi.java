package dev.livefeed.app.api.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.control.LogLevelsResponse;
import dev.livefeed.logging.LogLevels;
import dev.livefeed.logging.RunningLogLevels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The levels of the log: shows, changes and resets them. Changes last until the program ends. */
public final class LogLevelsApi {

    private static final Logger LOG = LoggerFactory.getLogger(LogLevelsApi.class);

    private final RunningLogLevels levels;

    public LogLevelsApi(RunningLogLevels levels) {
        this.levels = levels;
    }

    /** All parts, and the loggers with a level of their own. */
    public LogLevelsResponse get() {
        LogLevels now = levels.now();
        LogLevels configured = levels.configured();
        TreeSet<String> loggers = new TreeSet<>(now.byPart().keySet());
        loggers.addAll(configured.byPart().keySet());
        LogLevels.partNames().forEach(loggers::remove);
        List<String> names = new ArrayList<>(LogLevels.partNames());
        names.addAll(loggers);
        List<LogLevelsResponse.Level> list = new ArrayList<>();
        list.add(new LogLevelsResponse.Level(
                RunningLogLevels.PROGRAM, now.level(), true, !now.level().equals(configured.level())));
        for (String name : names) {
            String own = now.byPart().get(name);
            list.add(new LogLevelsResponse.Level(
                    name,
                    now.of(name),
                    own != null,
                    !Objects.equals(own, configured.byPart().get(name))));
        }
        return new LogLevelsResponse(list);
    }

    /**
     * Changes one level.
     *
     * @param body part and level, checked against the contract
     * @throws ApiException 400 if there is no such part or level
     */
    public LogLevelsResponse set(JsonNode body) throws ApiException {
        String part = body.get("part").textValue();
        try {
            levels.set(part, body.get("level").textValue());
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, SafeText.shown(e.getMessage()));
        }
        LOG.warn(
                "log_level_changed part={} level={}: until the program ends",
                part,
                levels.now().of(part));
        return get();
    }

    /**
     * Sets a level back to that of the settings.
     *
     * @throws ApiException 404 if there is no such part or logger
     */
    public LogLevelsResponse reset(String part) throws ApiException {
        boolean known = part.equals(RunningLogLevels.PROGRAM)
                || LogLevels.partNames().contains(part)
                || levels.now().byPart().containsKey(part);
        if (!known) {
            throw new ApiException(
                    404,
                    "\"" + SafeText.shown(part) + "\" has no level of its own; GET /log/levels lists those that have");
        }
        if (levels.reset(part)) {
            LOG.warn("log_level_reset part={} level={}", part, levels.now().of(part));
        }
        return get();
    }

    /** Sets all levels back to those of the settings. */
    public LogLevelsResponse resetAll() {
        levels.reset();
        LOG.warn("log_level_reset part=all");
        return get();
    }
}
