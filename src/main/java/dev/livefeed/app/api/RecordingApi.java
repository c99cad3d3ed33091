package dev.livefeed.app.api;

import dev.livefeed.app.api.response.recording.RecordingResponse;
import dev.livefeed.app.sink.SinkView;
import dev.livefeed.app.sink.file.WrittenFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What is being recorded: the files of the sink {@code file}. */
public final class RecordingApi {

    private static final String SINK = "file";

    private final WrittenFiles files;
    private final Supplier<List<SinkView>> sinks;
    private final UnaryOperator<String> redact;

    /**
     * @param sinks those that are on
     * @param redact removes secrets
     */
    public RecordingApi(WrittenFiles files, Supplier<List<SinkView>> sinks, UnaryOperator<String> redact) {
        this.files = files;
        this.sinks = sinks;
        this.redact = redact;
    }

    /** The state at this moment. */
    public RecordingResponse get() {
        SinkView sink = sinks.get().stream()
                .filter(one -> one.name().equals(SINK))
                .findFirst()
                .orElse(null);
        if (sink == null) {
            return RecordingResponse.NONE;
        }
        WrittenFiles.View written = files.view();
        SinkView.Failures failures = sink.failures();
        boolean diskFails = failures.disk() != null;
        return new RecordingResponse(
                sink.read(),
                written.folder().toString(),
                written.files().stream()
                        .map(file -> new RecordingResponse.File(file.name(), file.bytes(), file.since()))
                        .toList(),
                new RecordingResponse.Progress(
                        written.bytes(),
                        written.since(),
                        written.last(),
                        sink.waiting().events()),
                new RecordingResponse.WriteFailure(
                        failures.since() == null ? failures.diskSince() : failures.since(),
                        redact.apply(failures.since() == null && diskFails ? failures.disk() : failures.last())),
                free(written.folder()));
    }

    /** Free bytes of the disk, or null if they are not known. */
    private static Long free(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        long bytes = there == null ? 0 : there.toFile().getUsableSpace();
        return bytes > 0 ? bytes : null;
    }
}
