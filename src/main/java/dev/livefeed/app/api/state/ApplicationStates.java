package dev.livefeed.app.api.state;

import dev.livefeed.app.api.ApplicationState;
import dev.livefeed.app.api.response.ApplicationBody;
import dev.livefeed.app.api.response.HealthResponse;
import dev.livefeed.app.api.response.RoutesBody;
import dev.livefeed.app.api.response.recording.RecordingResponse;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.stream.FollowedState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the states of the running application: its routes, dead letters, queues and sinks. */
public final class ApplicationStates {

    private static final int LETTERS = 20;
    private static final long SECOND = 1_000;

    private final ApplicationState application;
    private final DeadLetters deadLetters;
    private final Supplier<List<RouteCount>> routes;
    private final Supplier<HealthResponse.Delivery> delivery;

    private record Routes(RoutesBody edits, List<RouteCount> routes) {}

    /** @param letters the last ones, oldest first */
    private record Letters(long total, Map<String, Long> byReason, List<DeadLetters.Letter> letters) {}

    /**
     * @param routes the running ones
     * @param delivery queues, sinks and the recording
     */
    public ApplicationStates(
            ApplicationState application,
            DeadLetters deadLetters,
            Supplier<List<RouteCount>> routes,
            Supplier<HealthResponse.Delivery> delivery) {
        this.application = application;
        this.deadLetters = deadLetters;
        this.routes = routes;
        this.delivery = delivery;
    }

    List<FollowedState> states() {
        return List.of(
                FollowedState.of("routes", "routes", SECOND, this::routes),
                FollowedState.of("dead-letters", "dead_letters", SECOND, this::letters),
                FollowedState.of("sinks", "sinks", SECOND, this::sinks),
                FollowedState.of("recording", "recording", SECOND, this::recording));
    }

    private FollowedState.Reading routes() {
        ApplicationBody body = application.payload();
        if (body == null) {
            return null;
        }
        List<RouteCount> counts = routes.get();
        Object compared = List.of(steady(body.routes()), counts);
        return new FollowedState.Reading(StateJson.text(new Routes(body.routes(), counts)), compared, compared);
    }

    /** Without the times of the last check, which is made every second. */
    private static RoutesBody steady(RoutesBody body) {
        RoutesBody.Edits edits = body.edits();
        return edits == null
                ? body
                : new RoutesBody(
                        body.from(),
                        new RoutesBody.Edits(
                                edits.reloads(),
                                edits.lastReload(),
                                edits.refusedEdit(),
                                edits.faults(),
                                edits.running(),
                                new RoutesBody.Checks(
                                        null, 0, null, edits.checks().checkError())));
    }

    private FollowedState.Reading letters() {
        List<DeadLetters.Letter> last = deadLetters.last();
        return FollowedState.Reading.of(StateJson.text(new Letters(
                deadLetters.total(),
                deadLetters.byReason(),
                last.subList(Math.max(0, last.size() - LETTERS), last.size()))));
    }

    private FollowedState.Reading sinks() {
        return FollowedState.Reading.of(StateJson.text(delivery.get().outputs()));
    }

    /** The free space of the disk is no reason to send it. */
    private FollowedState.Reading recording() {
        RecordingResponse now = delivery.get().recording();
        RecordingResponse compared =
                new RecordingResponse(now.active(), now.folder(), now.files(), now.progress(), now.failure(), null);
        return new FollowedState.Reading(StateJson.text(now), compared, compared);
    }
}
