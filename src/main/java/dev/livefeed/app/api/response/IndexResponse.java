package dev.livefeed.app.api.response;

import java.util.List;

/** What the program is, what it reads, and where to find what. */
public record IndexResponse(
        String name, String version, boolean synthetic, List<Source> sources, Links links, List<PathItem> paths) {

    /**
     * A data source.
     *
     * @param instruments number of configured instruments
     */
    public record Source(String source, String venue, boolean synthetic, int instruments) {}

    /** The paths to begin with. */
    public record Links(String openapi, String docs, String health, String stream) {}

    /** An operation. */
    public record PathItem(String method, String path, String description) {}
}
