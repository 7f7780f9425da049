<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>CategoriesView</name>
    <message>
        <source>Categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All photos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CleanUpSheet</name>
    <message>
        <source>Clean up</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparePane</name>
    <message>
        <source>Suggested keeper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}: {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark {0} for the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Belongs to a series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} % alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safe to remove.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Photos of the group side by side</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DuplicatesView</name>
    <message>
        <source>Duplicate groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep only this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep every photo and do not show the group again (A)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These photos are never put into one group again (X)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That was the last group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stricter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide reviewed ({})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show reviewed ({})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask about this group again (R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done with this group, marks stay; do not show it again (R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare 1 safe decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare {} safe decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All safe decisions are prepared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No safe decisions to prepare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks the copies whose keeper is at least as good in every measure. Nothing is moved before you clean up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact copies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similar shots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same picture to the last pixel. {0} can be freed safely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One picture in other sizes, formats or edits. Up to {0} can be freed; look where the keeper is not better in everything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different shots of one moment. They are not copies, so nothing is chosen for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicates appear here while photos are analysed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All groups of this kind are reviewed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no exact copies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found here. Moving the slider to “looser” may find more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlagModel</name>
    <message>
        <source>Marked for the trash</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>No folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder to {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the folder from {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the folder off this list; it stays as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Protected folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing goes from these to the trash, and their photos win as keepers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders to leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are not analysed, nor what lies within them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GroupModel</name>
    <message>
        <source>{0} photos, reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} photos, {1} can be freed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All marked: no copy is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} marked for the trash</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HighlightsView</name>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranked by {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImageLoader</name>
    <message>
        <source>the file is no longer there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too large for the memory</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeeperOrder</name>
    <message>
        <source>What decides which photo stays, in this order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down move a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the usual order</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeepersPage</name>
    <message>
        <source>Which photo stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first line in which two photos differ decides. Drag a line to another place, or move it with Alt+↑ and Alt+↓. Groups follow at once; marks stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact copies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similar shots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of duplicates</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LowQualityView</name>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is fine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flaws</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flagged photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never flag this photo for this flaw again, also after a new scan (F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensitivity: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finds fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finds more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Motion blur</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noisy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overexposed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixelated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compressed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flagged photos appear here while photos are analysed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo is flagged for this. Moving the slider to the right finds more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Photo Organizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analyse the photos of a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keepers, folders, model and thumbnails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the marked photos to the trash, after asking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back what was cleaned up last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the keys do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean up {:,}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelOffer</name>
    <message>
        <source>Progress of the download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop for now; it goes on from here later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The starter model works at once and offline, but knows no people. {0} adds {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the download…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is installed. Your next analysis uses it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download stopped: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download is paused; what has arrived is kept.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>What recognises your photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another model looks at every photo again, at the next analysis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The best one installed for this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not installed at present.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} (not on this machine)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use for the photos shown: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복 사진</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhotoCanvas</name>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This photo cannot be shown: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhotoCommands</name>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the selected photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark for the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark the selected photos; nothing is moved before you clean up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the selected files, to paste them into another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first photos appear here in a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhotoModel</name>
    <message>
        <source>marked for the trash</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhotoPreview</name>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole photo (0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show every pixel (1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested keeper of {0} photos: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of {0} alike photos; suggested keeper: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked for the trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom {0} %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Stopped. What was found so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo was moved to the trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{:,} photos were moved to the trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{:,} photos are back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{:,} could not be moved: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keepers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you changed takes effect with the next analysis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SkippedModel</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it was left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SkippedPanel</name>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 file was left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} files were left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file was left out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusArea</name>
    <message>
        <source>Progress of the analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the analysis; what was found so far is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done:,} of {total:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{:.0f} photos/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving to the trash: {:,} of {:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bringing back: {:,} of {:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysing photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{:,} photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{:,} skipped</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ThresholdSlider</name>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the value the program came with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ThumbnailsPage</name>
    <message>
        <source>Thumbnails on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They let photos appear at once. They can be made again at any time; your photos are not touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most that thumbnails may take on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the thumbnails on disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop a folder of photos here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are sorted into categories, duplicates, highlights and low quality, on this computer. Nothing is moved or changed until you say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it with a demo album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Moving</name>
    <message>
        <source>Progress of the clean-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving photos to the trash: {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Outcome</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it stayed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos that stayed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no trash at their place. They can be moved to a folder with today&apos;s date beside the photos instead; Undo brings them back from there too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to a dated folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo is in the dated folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} photos are in the dated folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo is in the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} photos are in the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} are freed once the trash is emptied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo stayed where it was:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} photos stayed where they were:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: 1 photo was not touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: {} photos were not touched.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Question</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each photo is checked once more before it is moved: one that changed since, or whose kept copy is gone, stays. Undo brings everything back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep ratings, captions, keywords and places of copies in an XMP file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What only a removed copy says about the photo is written beside the kept one, never into it. Undo takes that back too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also move the last copy of 1 group, so that nothing of it stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also move the last copies of {} groups, so that nothing of them stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move 1 photo to the trash?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {} photos to the trash?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} go to the trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} photos stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 group loses photos and keeps at least one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} groups lose photos and keep at least one each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 file goes along (RAW, film or sidecar of its name).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} files go along (RAW, films or sidecars of their names).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move 1 photo to the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {} photos to the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} from {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} from {1} more folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 marked photo stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} marked photos stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 marked photo stays, because all of its group are marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} marked photos stay, because all of their groups are marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stays of 1 group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stays of {} groups.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>Something went wrong. Your photos are untouched; you can go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The details are in {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>Library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Among duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In low quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a large photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>exif_text</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Software</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} × {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} × {1} ({2} MP)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>W</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T, Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mark for the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>go to a view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next or previous category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>go from photo to photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space, Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide the preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>go from flaw to flaw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this photo is fine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>go from group to group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep only this photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep all, and do not ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reviewed: do not ask again, marks stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>these are not duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loupe: the same spot of every photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blink between photo and keeper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show what differs from the keeper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the whole photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show every pixel (100 %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ −, wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom in or out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>names</name>
    <message>
        <source>Others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} h</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
