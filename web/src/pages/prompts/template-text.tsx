import { templateTags } from './prompt-version.ts';
import classes from './template-text.module.css';

/** A template as text, its tags set apart. */
export function TemplateText({ text }: { text: string }) {
  return (
    <div className="verbatim">
      {text.split(templateTags).map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no identity but their place
          <span key={index} className={classes.tag}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </div>
  );
}
