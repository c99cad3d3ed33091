package dev.livefeed.app.api.state;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.process.ConnectorEnd;
import dev.livefeed.app.process.ConnectorEnds;
import dev.livefeed.app.stream.FollowedState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Reads how the last connector processes ended. */
final class RestartsState {

    private final List<SourceState> sources;

    /** @param restarts oldest first */
    private record Body(long total, List<Restart> restarts) {}

    private record Restart(
            String venue,
            String source,
            @JsonUnwrapped Run run,
            String reason,
            Integer exitStatus,
            List<String> stderr,
            Long freshAfterMs) {}

    private record Run(Instant startedAt, Instant endedAt, int attempt) {}

    RestartsState(List<SourceState> sources) {
        this.sources = List.copyOf(sources);
    }

    FollowedState.Reading read() {
        List<Restart> all = sources.stream()
                .flatMap(source -> source.supervisor().ends().last().stream().map(end -> restart(source, end)))
                .sorted(Comparator.comparing((Restart one) -> one.run.endedAt))
                .toList();
        long total = sources.stream()
                .mapToLong(source -> source.supervisor().ends().total())
                .sum();
        return FollowedState.Reading.of(
                StateJson.text(new Body(total, all.subList(Math.max(0, all.size() - ConnectorEnds.KEPT), all.size()))));
    }

    private static Restart restart(SourceState source, ConnectorEnd end) {
        return new Restart(
                source.identity().venue(),
                source.identity().source(),
                new Run(end.startedAt(), end.endedAt(), end.attempt()),
                end.reason(),
                end.exitStatus(),
                end.stderr(),
                end.freshAfterMillis());
    }
}
