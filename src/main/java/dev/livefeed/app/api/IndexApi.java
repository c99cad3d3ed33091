package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.api.response.IndexResponse;
import dev.livefeed.app.health.AllFeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The index of the HTTP interface. */
public final class IndexApi {

    private final OpenApi contract;
    private final Supplier<List<IndexResponse.Source>> sources;
    private final AllFeeds feeds;

    /** @param sources what is configured, and what is known to be synthetic */
    public IndexApi(OpenApi contract, Supplier<List<IndexResponse.Source>> sources, AllFeeds feeds) {
        this.contract = contract;
        this.sources = sources;
        this.feeds = feeds;
    }

    /** {@code GET /}: version, sources, and every path with a line about it. */
    public IndexResponse index() {
        return new IndexResponse(
                contract.document().at("/info/title").asText(),
                contract.document().at("/info/version").asText(),
                feeds.synthetic(),
                sources.get(),
                new IndexResponse.Links("/openapi.json", "/docs", "/ws/health", "/ws/stream"),
                paths());
    }

    private List<IndexResponse.PathItem> paths() {
        List<IndexResponse.PathItem> paths = new ArrayList<>();
        contract.document().path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> paths.add(new IndexResponse.PathItem(
                        method.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        method.getValue().path("summary").asText()))));
        paths.add(new IndexResponse.PathItem("GET", "/observe/health", "Health in Camel's format: 200 or 503"));
        paths.add(new IndexResponse.PathItem("GET", "/observe/metrics", "Metrics for Prometheus"));
        return List.copyOf(paths);
    }
}
