package dev.livefeed.app.route.reload;

import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** How Camel is set up, the same for the run and for each trial. */
public final class CamelSetup {

    private CamelSetup() {}

    /**
     * Gives Camel its settings and beans; routes come from elsewhere.
     *
     * @param properties all settings, those of Camel's own with what the environment says of them
     * @param beans binds the beans that routes name
     */
    public static void prepare(Main main, Properties properties, Consumer<BiConsumer<String, Object>> beans) {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.configure().withBasePackageScanEnabled(false);
        main.configure().withAutoConfigurationEnvironmentVariablesEnabled(false);
        main.configure().withRoutesIncludePattern("false");
        beans.accept(main::bind);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport support) {
                // The settings have taken the environment into account already; for other placeholders it may still be
                // asked.
                ((PropertiesComponent) support.getCamelContext().getPropertiesComponent())
                        .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
            }
        });
    }
}
