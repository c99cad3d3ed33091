package dev.livefeed.app.route.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes of different files that serve the same HTTP path. */
class RouteWiringTest {

    private static List<String> faults(String one, String other) throws Exception {
        RouteWiring wiring = new RouteWiring(Set.of("two"), Map.of(), new HashMap<>(), List.of());
        wiring.add("one", null, "first", one);
        wiring.add("two", 7, "second", other);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return wiring.faults(context).stream()
                    .map(RouteFault::text)
                    .filter(text -> text.contains("HTTP path"))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "platform-http:/mine, platform-http:/mine",
        "platform-http:/mine, platform-http:mine/",
        "platform-http://mine, platform-http:/mine?matchOnUriPrefix=true",
        "platform-http:/mine/{id}, platform-http:/mine/{name}",
        "platform-http:/mine?httpMethodRestrict=GET, platform-http:/mine",
        "platform-http:/mine?httpMethodRestrict=GET%2CPUT, platform-http:/mine?httpMethodRestrict=put"
    })
    void onlyOneRouteServesAPath(String one, String other) throws Exception {
        assertThat(faults(one, other))
                .singleElement()
                .asString()
                .startsWith("two:7: route second serves the HTTP path");
    }

    @ParameterizedTest
    @CsvSource({
        "platform-http:/mine, platform-http:/yours",
        "platform-http:/mine, platform-http:/mine/more",
        "platform-http:/mine?httpMethodRestrict=GET, platform-http:/mine?httpMethodRestrict=POST",
        "platform-http:/mine/{id}, platform-http:/mine/all",
        "direct:a, direct:b"
    })
    void otherPathsAndMethodsAreFree(String one, String other) throws Exception {
        assertThat(faults(one, other)).isEmpty();
    }
}
