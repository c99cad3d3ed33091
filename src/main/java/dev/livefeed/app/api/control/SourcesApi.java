package dev.livefeed.app.api.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.control.SourceBody;
import dev.livefeed.app.api.response.control.SourceChangeResponse;
import dev.livefeed.app.api.response.control.SourcesResponse;
import java.util.List;
import java.util.stream.Collectors;

/** The sources over HTTP: shows them, and changes them while they run. */
public final class SourcesApi {

    private final List<SourceControl> sources;

    /** @param sources in the configured order */
    public SourcesApi(List<SourceControl> sources) {
        this.sources = List.copyOf(sources);
    }

    /** All sources. */
    public SourcesResponse list() {
        return new SourcesResponse(sources.stream().map(SourceControl::body).toList());
    }

    /** One source. */
    public SourceBody get(String venue) throws ApiException {
        return of(venue).body();
    }

    /** Replaces the process of a connector. */
    public SourceChangeResponse restart(String venue) throws ApiException {
        return of(venue).restart();
    }

    /** Ends the process of a connector until it is resumed. */
    public SourceChangeResponse pause(String venue) throws ApiException {
        return of(venue).pause();
    }

    /** Starts a connector that was paused. */
    public SourceChangeResponse resume(String venue) throws ApiException {
        return of(venue).resume();
    }

    /** @param body checked against the contract */
    public SourceChangeResponse addInstrument(String venue, JsonNode body) throws ApiException, InterruptedException {
        return of(venue).addInstrument(body.get("symbol").textValue());
    }

    public SourceChangeResponse removeInstrument(String venue, String symbol)
            throws ApiException, InterruptedException {
        return of(venue).removeInstrument(symbol);
    }

    /** @param body checked against the contract */
    public SourceChangeResponse addChannel(String venue, JsonNode body) throws ApiException, InterruptedException {
        return of(venue).addChannel(body.get("channel").textValue());
    }

    public SourceChangeResponse removeChannel(String venue, String channel) throws ApiException, InterruptedException {
        return of(venue).removeChannel(channel);
    }

    private SourceControl of(String venue) throws ApiException {
        return sources.stream()
                .filter(source -> source.venue().equals(venue))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        404,
                        "no source has the venue \"" + SafeText.shown(venue) + "\"; there "
                                + (sources.size() == 1 ? "is " : "are ")
                                + sources.stream().map(SourceControl::venue).collect(Collectors.joining(", "))));
    }
}
