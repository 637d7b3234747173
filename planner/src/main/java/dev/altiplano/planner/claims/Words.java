package dev.altiplano.planner.claims;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The vocabulary of sentences in English and Spanish, without case and accents. */
final class Words {
    static final int PHRASE_WORDS_MAX = 3;

    private static final Map<String, Meaning> PHRASES = new HashMap<>();

    /** Words that only Spanish has: they say that a comma stands before the decimals. */
    private static final Set<String> SPANISH =
            Set.copyOf(
                    List.of(
                            ("de del consumen consume son es millones millon mil billones billon"
                                            + " horas dias dia por con durante cuestan cuesta"
                                            + " parametros necesitan necesita y usan emiten anos"
                                            + " ano frente una un los las el meses semanas vatios"
                                            + " megavatios gigavatios kilovatios toneladas dolares"
                                            + " unos unas en centavos subio crecio crecieron bajo"
                                            + " tarda tardan instalacion")
                                    .split(" ", -1)));

    static {
        all(
                Meaning.EQUALS,
                "consuming,drawing,requiring,needing,consumirian,consumiria,necesitarian,necesitaria,"
                        + "requeririan,requeriria,costarian,costaria,emitirian,emitiria,serian,seria,"
                        + "is,are,was,were,equals,equal,draw,draws,drew,use,uses,used,consume,consumes,"
                        + "consumed,need,needs,needed,require,requires,cost,costs,emit,emits,"
                        + "emitted,take,takes,took,give,gives,make,makes,makes up,yield,yields,"
                        + "produce,produces,means,mean,total,totals,deliver,delivers,reach,reaches,"
                        + "run on,runs on,have,has,had,last,lasts,lasted,would be,would draw,"
                        + "are equal to,is equal to,come to,comes to,amount to,amounts to,"
                        + "es,son,era,eran,fue,fueron,consumen,consumio,consumieron,gasta,gastan,usa,"
                        + "usan,necesita,necesitan,requiere,requieren,cuesta,cuestan,costo,costaron,"
                        + "emite,emiten,emitieron,tarda,tardan,tardaron,da,dan,hace,hacen,equivale a,"
                        + "equivalen a,producen,produce,supone,suponen,suman un total de,igual a,"
                        + "es igual a,son iguales a,tiene,tienen,alcanza,alcanzan,dura,duran");
        all(Meaning.TIMES, "x,times,multiplied by,multiplicado por,multiplicados por,veces");
        all(Meaning.DIVIDED, "divided by,dividido por,dividido entre,entre,divididos por");
        all(Meaning.PLUS, "plus,mas");
        all(Meaning.MINUS, "minus,menos");
        all(
                Meaning.AT,
                "at,@,for,during,with,on,in,within,using,over,durante,con,en,para,usando,running at,at a rate"
                        + " of,a razon de,a un ritmo de,a una tarifa de,for a year of");
        all(Meaning.OF, "of,out of,de,del,de un total de,out of a total of");
        all(
                Meaning.PER,
                "per,por,every,each,apiece,cada,cada uno,cada una,al,once a,once per,once every,una vez al,"
                        + "una vez cada,una vez por");
        all(Meaning.FROM, "from,desde");
        all(Meaning.TO, "to,hasta");
        all(
                Meaning.VERSUS,
                "vs,versus,against,compared to,compared with,frente a,contra,respecto a,"
                        + "comparado con,en comparacion con,on 2023,after,tras");
        all(
                Meaning.GREW,
                "up,grew,grow,grows,growth,rose,rise,rises,increase,increased,increases,up by,"
                        + "grew by,rose by,gain,gained,crecio,crecieron,crece,crecen,crecimiento,"
                        + "subio,subieron,sube,suben,aumento,aumentaron,aumenta,aumentan,"
                        + "incremento,alza,mayor,growth of,an increase of,un aumento de,"
                        + "un crecimiento de,un alza de");
        all(
                Meaning.FELL,
                "down,fell,fall,falls,drop,dropped,drops,decrease,decreased,declined,decline,"
                        + "down by,fell by,bajo,bajaron,cayo,cayeron,cae,caen,disminuyo,descenso,"
                        + "caida,una caida de,un descenso de");
        all(Meaning.AND, "and,y,e");
        all(
                Meaning.ABOUT,
                "about,around,roughly,approximately,circa,ca,some,nearly,almost,unos,unas,casi,"
                        + "aproximadamente,alrededor de,cerca de,aprox,approx,more or less,mas o menos");
        all(Meaning.ADD_UP, "add up to,adds up to,sum to,sums to,add to,suman,suma");
        all(Meaning.FIT, "fit,fits,fit in,fit on,fits in,fits on,caben,cabe,caben en,cabe en");
        all(
                Meaning.FAILURE,
                "failure,failures,interruptions,interruption,stops,stop,fallos,fallo,fail,fails,"
                        + "fallan,falla,faults,interrupciones,paradas,mttf,mtti,mtbf");
        all(
                Meaning.EFFECTIVE,
                "effective,effective time,goodput,ettr,effective training time,tiempo efectivo,"
                        + "efectivo,useful time,tiempo util");
        all(Meaning.A, "a,an");
        all(
                Meaning.FILLER,
                "meta,google,openai,microsoft,xai,powering,running,alimentar,entrenar con,"
                        + "the,its,their,that,this,these,those,it,el,la,los,las,un,una,su,sus,lo,que,cluster,"
                        + "clusters,cumulo,system,sistema,sistemas,supercomputer,superordenador,"
                        + "supercomputador,power,energia,energy,potencia,electricity,electricidad,"
                        + "co2,co2e,co2eq,carbon,carbono,emissions,emisiones,capacity,capacidad,bill,"
                        + "factura,tariff,tarifa,rate,price,precio,rental,alquiler,only,solo,together,"
                        + "juntos,juntas,exactly,exactamente,nvidia,amd,stated,claimed,model,modelo,"
                        + "weights,pesos,memory,memoria,queries,query,consultas,consulta,requests,"
                        + "peticiones,impressions,impresiones,answers,respuestas,users,usuarios,people,personas,sequences,"
                        + "secuencias,nodes,nodos,servers,servidores,events,eventos,will,would,can,"
                        + "could,now,there,there are,hay,again,year on year,interanual,revenue,"
                        + "ingresos,sales,ventas,capex,inversion,shares,cuotas,all,todos,todas,"
                        + "training run,computing,compute,computo,clean,metric,metricas,datos,data,"
                        + "monthly,mensuales,daily,diarios,batch,lote,step,paso,long,largo,which,electric,electricos,ones,worth,"
                        + "worth of,unexpected,inesperadas,inesperados,se,al dia de hoy");
        all(
                Meaning.ACCELERATOR,
                "accelerator,accelerator power,accelerators only,gpus only,gpu power,gpu only,"
                        + "solo las gpus,solo las gpu,solo gpus,solo chips,chips only,acelerador");
        all(Meaning.NODE, "node,nodo,at the node,server power,en el nodo,en nodos,at the nodes");
        all(Meaning.IT, "IT,it load,it power,carga it,critical it,informatica,critical");
        all(
                Meaning.FACILITY,
                "facility,facilities,site,at the meter,meter,data center,datacenter,data centre,"
                        + "centro de datos,centros de datos,instalacion,de instalacion,"
                        + "la instalacion,en el contador,contador,utility,total facility,campus,"
                        + "planta,sitio,data centers,utility power,facility power");
        all(Meaning.RATED, "rated,nominal,nameplate,nominales,placa,peak power,rated power");
        all(Meaning.TDP_ONLY, "tdp");
        all(
                Meaning.TRAINING,
                "training,while training,typical,in training,entrenando,entrenamiento,tipico,"
                        + "typically,de entrenamiento,entrenar,average,media");
        all(
                Meaning.MAXIMUM,
                "maximum,measured maximum,at most,max,maximo,como maximo,at full load,full load,"
                        + "at full power,a plena carga,a pleno rendimiento,a maxima potencia");
        all(Meaning.ACTIVE, "active,activated,activos,activados");
        all(Meaning.DENSE, "dense,denso,densos,densa");
        all(Meaning.SPARSE, "sparse,with sparsity,sparsity,disperso,dispersos,con dispersion");
        all(Meaning.HALF_PRECISION, "bf16,fp16,bfloat16");
        all(Meaning.FP8, "fp8");
        all(Meaning.DOUBLE_PRECISION, "fp64");
        all(Meaning.PUE, "pue");
        all(Meaning.MFU, "mfu,utilisation,utilization,utilizacion");
        all(Meaning.NODE_DAYS, "pernodedays");
        all(
                Meaning.PER_STEP,
                "per step,a step,each step,every step,per batch,a batch,por paso,cada paso,"
                        + "por lote,cada lote");
        all(Meaning.STEPS, "steps,pasos");
        all(Meaning.DEGREE, "tp,cp,pp,dp,ep");
        all(Meaning.NEGATION, "not,no,never,nunca,don,doesn,isn,aren,didn,can not,cannot");
        all(
                Meaning.MORE_THAN,
                "more than,higher than,mas que,mas alto que,at least,above,no less than,not less than,greater than,"
                        + "mas de,al menos,por lo menos,superior a,superiores a,por encima de,"
                        + "como minimo,mayor que,mayores que,no menos de");
        all(
                Meaning.LESS_THAN,
                "less than,lower than,menos que,fewer than,under,below,no more than,not more than,up to,"
                        + "menos de,inferior a,inferiores a,por debajo de,menor que,menores que,"
                        + "no mas de");
        all(Meaning.BETWEEN, "between");
    }

    /** The unit of failure rates, in one word before a sentence is cut. */
    static final String NODE_DAYS = " pernodedays ";

    private static final List<String> NODE_DAY_PHRASES =
            List.of(
                    "per thousand node-days",
                    "per thousand node days",
                    "per 1,000 node-days",
                    "per 1000 node-days",
                    "per 1000 node days",
                    "por mil nodos-dia",
                    "por mil nodos-día",
                    "por cada mil nodos-día",
                    "por mil días-nodo",
                    "por 1000 nodos-día",
                    "por cada mil días de nodo",
                    "por mil días de nodo");

    private Words() {}

    /** The sentence with phrases that contain numbers folded into words. */
    static String folded(String sentence) {
        String folded = sentence;
        for (String phrase : NODE_DAY_PHRASES) {
            folded = folded.replace(phrase, NODE_DAYS);
        }
        return folded;
    }

    private static void all(Meaning meaning, String phrases) {
        for (String phrase : phrases.split(",", -1)) {
            PHRASES.put(phrase.equals("IT") ? phrase : plain(phrase), meaning);
        }
    }

    /** Lower case without accents. */
    static String plain(String word) {
        String apart = Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        StringBuilder letters = new StringBuilder();
        apart.chars()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> letters.append((char) c));
        return letters.toString();
    }

    static boolean isSpanish(String word) {
        return SPANISH.contains(plain(word));
    }

    /** {@code IT} in capitals is the boundary, {@code it} a pronoun. */
    static Optional<Meaning> meaning(String phrase) {
        Meaning exact = PHRASES.get(phrase);
        return Optional.ofNullable(exact != null ? exact : PHRASES.get(plain(phrase)));
    }
}
