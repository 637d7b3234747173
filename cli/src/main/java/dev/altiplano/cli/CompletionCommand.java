package dev.altiplano.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code altiplano generate-completion}: the script that completes words in bash and zsh. */
@Command(
        name = "generate-completion",
        mixinStandardHelpOptions = true,
        description = "Prints a completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = "  source <(altiplano generate-completion)")
final class CompletionCommand implements Runnable {
    /** Bash parts words at "=", so that picocli's functions would see no {@code key=value}. */
    private static final String JOINED =
            """
            # "--set model=llama" is two words here, though bash makes four of it: the parts around "=" are
            # joined for the functions above, and what stands before it is taken off their answers.
            function _complete_altiplano_joined() {
              local -a words=()
              local i last current=0 joins=""
              for (( i = 0; i < ${#COMP_WORDS[@]}; i++ )); do
                last=$(( ${#words[@]} - 1 ))
                if (( last >= 1 )) && [[ "${words[last-1]}" == --set ]] &&
                    [[ "${COMP_WORDS[i]}" == "=" || "${words[last]}" == *= ]]; then
                  words[last]+="${COMP_WORDS[i]}"
                  (( i == COMP_CWORD )) && joins=yes
                else
                  words+=("${COMP_WORDS[i]}")
                fi
                (( i == COMP_CWORD )) && current=$(( ${#words[@]} - 1 ))
              done
              local -a COMP_WORDS=("${words[@]}")
              local COMP_CWORD=$current
              _complete_altiplano "$@"
              if [[ -n "$joins" && "$COMP_WORDBREAKS" == *"="* ]]; then
                COMPREPLY=("${COMPREPLY[@]#*=}")
              elif [[ "${COMPREPLY[0]}" == *= ]]; then
                type compopt &>/dev/null && compopt -o nospace 2>/dev/null
              fi
              return 0
            }

            """;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        String script = AutoComplete.bash(spec.root().name(), spec.root().commandLine());
        int register = script.lastIndexOf("complete -F _complete_altiplano ");
        var out = spec.commandLine().getOut();
        out.print(script.substring(0, register));
        out.print(JOINED);
        out.println(
                script.substring(register)
                        .replaceFirst("_complete_altiplano ", "_complete_altiplano_joined "));
        out.flush();
    }
}
