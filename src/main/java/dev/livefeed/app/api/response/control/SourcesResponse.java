package dev.livefeed.app.api.response.control;

import java.util.List;

/** All sources, in the configured order. */
public record SourcesResponse(List<SourceBody> sources) {}
