package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** Whether the application is alive; reasons are present only if it is not. */
public record LiveResponse(String status, @JsonInclude(JsonInclude.Include.NON_NULL) List<String> reasons)
        implements StatusResponse {

    /** @param stuck why only a restart helps, or null */
    public static LiveResponse of(String stuck) {
        return stuck == null ? new LiveResponse("UP", null) : new LiveResponse("DOWN", List.of(stuck));
    }

    @Override
    public int httpStatus() {
        return reasons == null ? 200 : 503;
    }
}
