package dev.livefeed.app.route.simple;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every step of a route file that takes a predicate uses the exact comparisons. */
class PredicatePlacesTest {

    private static final String ROUTES =
            """
            - onException:
                exception: [java.lang.IllegalStateException]
                onWhen: {simple: "${header.id} == 12345678901234567890"}
                handled: {constant: "true"}
                steps: [{setHeader: {name: onWhen, constant: "yes"}}]
            - route:
                id: places
                from:
                  uri: direct:places
                  steps:
                    - choice:
                        when:
                          - simple: "${header.id} == '12345678901234567890'"
                            steps: [{setHeader: {name: choice, constant: "yes"}}]
                    - filter:
                        simple: "${header.id} > 99999999999999999999"
                        steps: [{setHeader: {name: filter, constant: "yes"}}]
                    - validate: {simple: "${header.id} != 22222222222222222222"}
                    - setHeader:
                        name: body
                        simple: {expression: "${header.id} in '12345678901234567890,7'", resultType: java.lang.Boolean}
                    - setHeader: {name: n, constant: "0"}
                    - loop:
                        doWhile: true
                        simple: "${header.id} == 12345678901234567890 && ${header.n} < 3"
                        steps: [{setHeader: {name: n, simple: "${header.n}1"}}]
                    - doTry:
                        steps:
                          - filter:
                              simple: "${header.id} <= '12345678901234567890'"
                              steps: [{setHeader: {name: try, constant: "yes"}}]
                        doCatch:
                          - exception: [java.lang.Throwable]
                            steps: [{setHeader: {name: caught, constant: "yes"}}]
                    - setHeader: {name: iif, simple: "${iif(${header.id} > 99999999999999999999,a,b)}"}
                    - throwException: {exceptionType: java.lang.IllegalStateException, message: end}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {"12345678901234567890", "20f43950-d8dd-5b31-9112-a178eb6023af", "", "7", "2100000000077643210987"
            })
    void takesIdsOfAnyForm(String id) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("places.camel.yaml", ROUTES));
            context.start();

            Exchange done = send(context, id);

            boolean same = id.equals("12345678901234567890");
            boolean number = !id.isEmpty() && !id.contains("-");
            assertThat(done.getException() == null).isEqualTo(same);
            assertThat(done.getMessage().getHeader("onWhen")).isEqualTo(same ? "yes" : null);
            assertThat(done.getMessage().getHeader("choice")).isEqualTo(same ? "yes" : null);
            assertThat(done.getMessage().getHeader("body")).isEqualTo(same || id.equals("7"));
            assertThat(done.getMessage().getHeader("n")).isEqualTo(same ? "011" : "0");
            assertThat(done.getMessage().getHeader("caught")).isNull();
            if (number) {
                boolean longer = id.length() > 20;
                assertThat(done.getMessage().getHeader("filter")).isEqualTo(longer ? "yes" : null);
                assertThat(done.getMessage().getHeader("try")).isEqualTo(longer ? null : "yes");
                assertThat(done.getMessage().getHeader("iif")).isEqualTo(longer ? "a" : "b");
            }
        }
    }

    private static Exchange send(CamelContext context, String id) throws Exception {
        List<Exchange> done = new ArrayList<>();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            done.add(template.send(
                    "direct:places", exchange -> exchange.getMessage().setHeader("id", id)));
        }
        return done.get(0);
    }
}
