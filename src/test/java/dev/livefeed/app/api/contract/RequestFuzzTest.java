package dev.livefeed.app.api.contract;

import dev.livefeed.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any text is a value of each parameter, and any bytes a body of each operation, or they are refused with 400. */
class RequestFuzzTest {

    private final List<Operation> operations = new OpenApi("1").operations();
    private int next;

    @Test
    void requests() throws Exception {
        new Fuzz("requests").run(bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            StringBuilder refused = new StringBuilder();
            for (int i = 0; i < 4; i++) { // all of them take their turn
                String one = refused(operations.get(next++ % operations.size()), text);
                refused.append(one == null ? "" : one);
            }
            return refused.isEmpty() ? null : refused.toString();
        });
    }

    private static String refused(Operation operation, String text) {
        String refused = null;
        for (RequestParameter parameter : operation.parameters()) {
            try {
                parameter.value(List.of(text));
            } catch (ApiException e) {
                refused = e.getMessage();
            }
        }
        if (operation.body() != null) {
            try {
                operation.body().read("application/json", text);
            } catch (ApiException e) {
                refused = e.getMessage();
            }
        }
        return refused;
    }
}
