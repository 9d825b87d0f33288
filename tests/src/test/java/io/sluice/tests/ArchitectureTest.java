package io.sluice.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.NullMarked;

/** The layout of the house as rules: who may import whom, and what each kind of class may do. */
@AnalyzeClasses(
        packages = "io.sluice",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NotTests.class})
final class ArchitectureTest {
    private static final String[] FEATURES = {
        "io.sluice.capture..", "io.sluice.redaction..", "io.sluice.endpoint..", "io.sluice.session..",
        "io.sluice.behavior..", "io.sluice.dependency..", "io.sluice.scenario..", "io.sluice.export..",
        "io.sluice.report..", "io.sluice.scrub.."
    };
    private static final Class<?>[] ROW_IN_SPARKS_OWN_FORM = {
        InternalRow.class,
        GenericInternalRow.class,
        UnsafeRow.class,
        UnsafeProjection.class,
        ArrayData.class,
        GenericArrayData.class,
        Platform.class,
        UTF8String.class
    };
    private static final String ACTION = "collect.*|count|take|takeAsList|tail|head|first|foreach.*|show|reduce"
            + "|toLocalIterator|isEmpty|write|writeTo|writeStream|checkpoint|localCheckpoint";

    @ArchTest
    static final ArchRule schemasStandAlone = noClasses()
            .that()
            .resideInAPackage("io.sluice.schemas..")
            .should()
            .dependOnClassesThat(describe(
                    "other packages of Sluice",
                    type -> type.getPackageName().startsWith("io.sluice.")
                            && !type.getPackageName().startsWith("io.sluice.schemas")));

    @ArchTest
    static final ArchRule pipelineDoesNotKnowJobs = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.jobs..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sluice.jobs..");

    @ArchTest
    static final ArchRule featuresDoNotKnowWhereDataLives = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.sluice.lake..", "io.sluice.lineage..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyLakeTouchesStorage = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.lake..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.delta..", "org.apache.hadoop.fs.."))
            .orShould()
            .dependOnClassesThat(assignableTo(DataFrameReader.class))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Dataset.class))).and(target(nameMatching("write.*"))));

    @ArchTest
    static final ArchRule transformsOnlyDescribe = noClasses()
            .that()
            .haveSimpleNameEndingWith("Transform")
            .and()
            .doNotHaveFullyQualifiedName("io.sluice.redaction.InternalRowTransform") // has no other way
            .should()
            .dependOnClassesThat(assignableTo(SparkSession.class))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Dataset.class))).and(target(nameMatching(ACTION))));

    @ArchTest
    static final ArchRule trainersGetTheirRows = noClasses()
            .that()
            .haveSimpleNameEndingWith("Trainer")
            .should()
            .dependOnClassesThat(assignableTo(SparkSession.class));

    /** A mapper may take a row apart and put one together; whoever speaks of many rows is a Transform. */
    @ArchTest
    static final ArchRule rulesOnOneValueSeeAtMostARow = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .and(not(ofAKindThatMayUseSpark()))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.spark..")
                    .and(not(
                            resideInAnyPackage("org.apache.spark.sql.types..", "org.apache.spark.api.java.function..")))
                    .and(not(belongToAnyOf(Row.class, RowFactory.class, TaskContext.class)))
                    .and(not(belongToAnyOf(ROW_IN_SPARKS_OWN_FORM))));

    @ArchTest
    static final ArchRule tablesOnlyNameTypes = noClasses()
            .that()
            .resideInAPackage("io.sluice.schemas..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.spark..")
                    .and(not(resideInAnyPackage("org.apache.spark.sql.types.."))));

    @ArchTest
    static final ArchRule jobsAreCalledJob = classes()
            .that()
            .areAssignableTo("io.sluice.jobs.Job")
            .and()
            .areNotInterfaces()
            .should()
            .haveSimpleNameEndingWith("Job")
            .andShould()
            .resideInAPackage("io.sluice.jobs..");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Base|Impl|Common|Data|Info|V2)(\\$.*)?");

    @ArchTest
    static final ArchRule standardOutputBelongsToTheRunner =
            noClasses().that().resideOutsideOfPackage("io.sluice.jobs").should().accessField(System.class, "out");

    @ArchTest
    static final ArchRule onlyTheMainClassEndsTheProcess = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.sluice.jobs.JobsMain")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule timeAndChanceComeIn = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule recordsAreNotBeans = noClasses().should().callMethod(Encoders.class, "bean", Class.class);

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes().should(beInNullMarkedPackage());

    private static DescribedPredicate<JavaClass> ofAKindThatMayUseSpark() {
        return describe("a Transform, Trainer, Reader, Writer or Sink", type -> {
            String name = outermost(type).getSimpleName();
            return name.endsWith("Transform")
                    || name.endsWith("Trainer")
                    || name.endsWith("Reader")
                    || name.endsWith("Writer")
                    || name.endsWith("Sink");
        });
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> beInNullMarkedPackage() {
        return new ArchCondition<>("lie in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getName() + " lies in a package without @NullMarked"));
            }
        };
    }

    /** Leaves out the classes of this module, benchmarks included. */
    static final class NotTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/sluice/tests/") && !location.contains("-tests.jar");
        }
    }
}
