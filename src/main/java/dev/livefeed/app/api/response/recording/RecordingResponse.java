package dev.livefeed.app.api.response.recording;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/**
 * What is being recorded.
 *
 * @param active whether events are written into files
 * @param folder of the files, or null if nothing is recorded
 * @param files those that were written last
 */
public record RecordingResponse(
        boolean active,
        String folder,
        List<File> files,
        @JsonUnwrapped Progress progress,
        @JsonUnwrapped WriteFailure failure,
        Long diskFreeBytes) {

    /** Nothing is recorded. */
    public static final RecordingResponse NONE = new RecordingResponse(
            false, null, List.of(), new Progress(0, null, null, 0), new WriteFailure(null, null), null);

    /**
     * @param file its name in the folder
     * @param bytes its size
     * @param since when the running application first wrote to it
     */
    public record File(String file, long bytes, Instant since) {}

    /**
     * @param bytes written since the application started
     * @param waiting events that are not written yet
     */
    public record Progress(long bytes, Instant since, Instant lastAt, long waiting) {}

    /**
     * @param failingSince since when nothing can be written, or null
     * @param lastFailure why, or the reason of the last failure; null if there was none
     */
    public record WriteFailure(Instant failingSince, String lastFailure) {}
}
