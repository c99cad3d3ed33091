package dev.livefeed.app.api;

import dev.livefeed.app.api.response.ConnectorBody;
import java.util.ArrayList;
import java.util.List;

/** What a source is busy with after a start, for people; empty when it is done. */
final class ProgressText {

    private ProgressText() {}

    static String of(ConnectorBody.Progress progress) {
        List<String> parts = new ArrayList<>();
        ConnectorBody.BackfillSteps backfill = progress.backfill();
        if (backfill.status().equals("running")) {
            String left = backfill.eta() == null ? "" : " (" + backfill.eta() + " s left)";
            parts.add("backfill " + backfill.percentage() + " %" + left);
        }
        ConnectorBody.Snapshots snapshots = progress.snapshots();
        if (snapshots != null && snapshots.waiting() > 0) {
            parts.add("books " + snapshots.synced() + " of " + snapshots.books());
        }
        return String.join(", ", parts);
    }
}
